const buckets = new Map();
exports.step = (i) => {
  buckets.set('c' + (i % 40), { t: i });
  buckets.delete('c' + ((i + 20) % 40));
};
