const about = new WeakMap();
exports.step = (i) => {
  const key = { i };
  about.set(key, { about: i });
  return about.get(key);
};
