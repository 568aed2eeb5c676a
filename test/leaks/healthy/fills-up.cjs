// a cache that fills up while it is looked at, and is full then
const cache = new Map();
exports.step = (i) => {
  cache.set('k' + i, { i, text: 't' + i });
  if (cache.size > 500) cache.delete(cache.keys().next().value);
};
