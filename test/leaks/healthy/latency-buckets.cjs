// a histogram whose buckets come when they are first needed: of each power of two, so that there are ever fewer new ones
class Bucket {
  constructor(from) {
    this.from = from;
    this.count = 0;
  }
}
const buckets = new Map();
exports.step = (i) => {
  for (let k = 0; k < 20; k++) {
    const value = (i * 2654435761 + k * 40503 * i) >>> 0;
    const from = 31 - Math.clz32(value | 1);
    if (!buckets.has(from)) buckets.set(from, new Bucket(from));
    buckets.get(from).count++;
  }
};
