// entries that are removed in a sweep every 70 steps, when they are older than 100
const entries = new Map();
class Entry {
  constructor(at) {
    this.at = at;
  }
}
exports.step = (i) => {
  entries.set('k' + i, new Entry(i));
  if (i % 70 === 0) for (const [key, { at }] of entries) if (at < i - 100) entries.delete(key);
};
