const lru = new Map();
exports.step = (i) => {
  const key = 'k' + (i % 500);
  lru.delete(key);
  lru.set(key, { i });
  if (lru.size > 20) lru.delete(lru.keys().next().value);
};
