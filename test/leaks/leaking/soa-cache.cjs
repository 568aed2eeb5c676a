// https://github.com/isaacs/node-lru-cache/issues/227: a cache without `max`, with keys and values in arrays of their own
class LRU {
  keyMap = new Map();
  keyList = [];
  valList = [];
  size = 0;
  set(k, v) {
    let at = this.keyMap.get(k);
    if (at === undefined) {
      at = this.size++;
      this.keyMap.set(k, at);
      this.keyList[at] = k;
    }
    this.valList[at] = v;
  }
}
class Rendered {
  constructor(i) {
    this.html = `<p>${i}</p>`;
  }
}
const views = new LRU();
exports.step = (i) => views.set(`/view/${i}`, new Rendered(i));
exports.truth = { holder: /views/, type: /^(Rendered|string)$/ };
