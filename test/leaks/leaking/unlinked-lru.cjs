// isaacs/node-lru-cache and yallist in kind: an entry that is evicted leaves the map and stays in the doubly linked list of uses
class Entry {
  constructor(key) {
    this.key = key;
    this.older = null;
    this.newer = null;
  }
}
class Cache {
  entries = new Map();
  oldest = null;
  newest = null;
  set(key) {
    const entry = new Entry(key);
    entry.older = this.newest;
    if (this.newest) this.newest.newer = entry;
    else this.oldest = entry;
    this.newest = entry;
    this.entries.set(key, entry);
    if (this.entries.size > 50) this.entries.delete(this.entries.keys().next().value);
  }
}
const cache = new Cache();
exports.step = (i) => {
  cache.set('key ' + i);
};

exports.truth = { holder: /cache/, type: /^Entry$/ };
