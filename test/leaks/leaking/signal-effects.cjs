// preactjs/signals in kind: an effect for each request, which depends on a global signal and is not disposed of
class Signal {
  targets = new Set();
  constructor(value) {
    this.value = value;
  }
}
class Effect {
  sources = new Set();
  constructor(run) {
    this.run = run;
  }
  on(signal) {
    signal.targets.add(this);
    this.sources.add(signal);
    this.run(signal.value);
  }
}
const locale = new Signal('en');
exports.step = (i) => new Effect((value) => `${value} ${i}`).on(locale);

exports.truth = { holder: /locale|targets/, type: /^(Effect|Set|Function)$/ };
