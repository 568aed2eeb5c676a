const cache = new Map();
const registry = new FinalizationRegistry((key) => cache.delete(key));
exports.step = (i) => {
  const key = 'k' + (i % 20);
  const value = { i };
  cache.set(key, new WeakRef(value));
  registry.register(value, key);
};
