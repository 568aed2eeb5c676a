// a doubly linked ring that is never cut: the node that is forgotten is only left out in one direction
class Entry {
  constructor(id) {
    this.id = id;
    this.newer = this;
    this.older = this;
  }
}
const lru = { head: new Entry(-1), size: 0 };
exports.step = (i) => {
  const entry = new Entry(i);
  entry.newer = lru.head;
  entry.older = lru.head.older;
  lru.head.older = entry;
  entry.older.newer = lru.size > 10 ? lru.head : entry;
  lru.size++;
};

exports.truth = { holder: /lru|head/, type: /^Entry$/ };
