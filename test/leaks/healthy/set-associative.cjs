// a cache of 32 sets with four ways each, which fill in an order of their own, and a filter of which keys came twice
class Line {
  constructor(tag) {
    this.tag = tag;
    this.data = [tag, tag + 1];
  }
}
const sets = Array.from({ length: 32 }, () => ({ ways: [null, null, null, null], next: 0 }));
const seen = new Uint32Array(128);
exports.step = (i) => {
  for (let k = 0; k < 8; k++) {
    const tag = (Math.imul(i + k, 0x9e3779b1) >>> 0) % 5000;
    const bit = 1 << (tag & 31);
    seen[(tag >> 5) & 127] |= bit;
    const set = sets[tag & 31];
    if (set.ways.some((line) => line?.tag === tag)) continue;
    set.ways[set.next] = new Line(tag);
    set.next = (set.next + 1) & 3;
  }
  if (i % 100 === 0) seen.fill(0);
};
