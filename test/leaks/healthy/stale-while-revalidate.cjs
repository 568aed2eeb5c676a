// a cache of promises for ninety keys, each with the one before it while it loads
class Answer {
  constructor(k, v) {
    this.k = k;
    this.v = v;
  }
}
const cache = new Map();
const load = async (k, v) => new Answer(k, v);
exports.step = async (i) => {
  const k = (i * 7919) % 90;
  const hit = cache.get(k);
  const fresh = load(k, i);
  cache.set(k, { at: i, promise: fresh, stale: hit ? hit.promise : null });
  const h = cache.get(k);
  await fresh;
  h.stale = null;
};
