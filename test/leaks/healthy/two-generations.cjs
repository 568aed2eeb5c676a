// a cache of two generations, as quick-lru: the young one becomes the old one when it is full
const size = 150;
let young = new Map();
let old = new Map();
class Entry {
  constructor(key) {
    this.key = key;
    this.value = 'value of ' + key;
  }
}
exports.step = (i) => {
  young.set('k' + i, new Entry('k' + i));
  if (young.size < size) return;
  old = young;
  young = new Map();
};
