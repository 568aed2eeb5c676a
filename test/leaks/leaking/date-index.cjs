// an index by minute
const byMinute = new Map();
exports.step = (i) => {
  const key = new Date(i * 60000).toISOString();
  byMinute.set(key, [{ i }]);
};
exports.truth = { holder: /byMinute/, type: /^(Array|Object)$/ };
