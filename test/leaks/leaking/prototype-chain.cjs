// each request derives its settings from those of the one before it, by its prototype
class Settings {
  constructor() {
    this.locale = 'en';
  }
}
let current = new Settings();
exports.step = (i) => {
  const derived = Object.create(current);
  derived.request = i;
  current = derived;
};

exports.truth = { holder: /current/, type: /^Settings$/ };
