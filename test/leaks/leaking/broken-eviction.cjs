// isaacs/node-lru-cache#77 in kind: the map forgets an entry, the list of uses does not
const entries = new Map();
const uses = [];
class Entry {
  constructor(key) {
    this.key = key;
    this.body = { text: 'x'.repeat(20) + key };
  }
}
exports.step = (i) => {
  const entry = new Entry(`k${i}`);
  entries.set(entry.key, entry);
  uses.push(entry);
  if (entries.size > 50) entries.delete(entries.keys().next().value);
};

exports.truth = { holder: /uses/, type: /^Entry$/ };
