// a class that extends Map, with entries that nobody removes
class Registry extends Map {
  add(key) {
    this.set(key, { key, at: new Date(0) });
  }
}
const registry = new Registry();
exports.step = (i) => registry.add(`service-${i}`);

exports.truth = { holder: /registry/i, type: /^(Object|Date)$/ };
