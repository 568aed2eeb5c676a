// https://github.com/i18next/next-i18next/issues/1101: an instance is cloned for each request and listens to the shared store
const { EventEmitter } = require('node:events');
class Translator {
  constructor(store, lng) {
    this.lng = lng;
    this.cache = {};
    store.on('added', (lng) => {
      if (lng === this.lng) this.cache = {};
    });
  }
}
class I18n {
  constructor(store = new EventEmitter()) {
    this.store = store;
    this.store.setMaxListeners(0);
  }
  clone(lng) {
    const c = new I18n(this.store);
    c.translator = new Translator(this.store, lng);
    return c;
  }
}
const i18n = new I18n();
exports.step = (i) => {
  i18n.clone(i % 2 ? 'de' : 'en').translator.cache.x = 1;
};
exports.truth = { holder: /store|i18n/, type: /Function|Translator/ };
