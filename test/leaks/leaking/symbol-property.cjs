// a registry under a symbol on globalThis
class Metric {
  constructor(i) {
    this.name = 'm' + i;
  }
}
const registry = Symbol.for('app.registry');
globalThis[registry] = [];
exports.step = (i) => {
  globalThis[registry].push(new Metric(i));
};
exports.truth = { holder: /app.registry/, type: /^(Metric)$/ };
