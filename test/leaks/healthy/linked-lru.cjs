// an LRU as a list of links, as most packages write it: bounded
class Entry {
  constructor(key, value) {
    this.key = key;
    this.value = value;
  }
}
const byKey = new Map();
const ends = { first: null, last: null };
exports.step = (i) => {
  const entry = new Entry('k' + i, { body: 'b' + i });
  entry.next = ends.first;
  if (ends.first) ends.first.previous = entry;
  ends.first = entry;
  ends.last ??= entry;
  byKey.set(entry.key, entry);
  if (byKey.size <= 25) return;
  const { last } = ends;
  byKey.delete(last.key);
  ends.last = last.previous;
  ends.last.next = null;
};
