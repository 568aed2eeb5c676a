// https://github.com/Jeff-Lewis/cls-hooked/pull/60: an async hook for each namespace, which is not disabled when that is destroyed
const { createHook } = require('node:async_hooks');
class Namespace {
  constructor(i) {
    this.name = 'request-' + i;
    this.contexts = new Map();
    this.hook = createHook({ destroy: (id) => this.contexts.delete(id) });
  }
}
exports.step = (i) => {
  new Namespace(i).hook.enable();
};
exports.truth = { holder: /active_hooks|async_hooks|array/i, type: /^(AsyncHook|Namespace)$/ };
exports.only = ['20', '22', '24', '26'];
