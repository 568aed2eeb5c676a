// a cache of 60 that drops what was used least: linked lists in a linked list
class Bucket {
  constructor(uses, before) {
    this.uses = uses;
    this.items = new Set();
    this.before = before;
    this.after = before?.after ?? null;
    if (before) before.after = this;
    if (this.after) this.after.before = this;
  }
  drop() {
    if (this.before) this.before.after = this.after;
    if (this.after) this.after.before = this.before;
  }
}
class Item {
  constructor(key, bucket) {
    this.key = key;
    this.bucket = bucket;
  }
}
const head = new Bucket(0, null);
const items = new Map();
function use(key) {
  let item = items.get(key);
  if (!item) {
    if (items.size === 60) {
      const [oldest] = head.after.items;
      head.after.items.delete(oldest);
      if (head.after.items.size === 0) head.after.drop();
      items.delete(oldest.key);
    }
    items.set(key, (item = new Item(key, head)));
  }
  const from = item.bucket;
  const to = from.after?.uses === from.uses + 1 ? from.after : new Bucket(from.uses + 1, from);
  from.items.delete(item);
  to.items.add(item);
  item.bucket = to;
  if (from !== head && from.items.size === 0) from.drop();
}
exports.step = (i) => {
  for (let k = 0; k < 5; k++) use('k' + ((i * 7 + k * k * 13) % (40 + (i % 300))));
};
