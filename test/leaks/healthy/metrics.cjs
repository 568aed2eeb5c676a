// counters, histograms and the last hundred durations: all of a fixed size
const counters = new Map();
const durations = new Float64Array(100);
const recent = [];
class Bucket {
  constructor(limit) {
    this.limit = limit;
    this.count = 0;
  }
}
const buckets = [1, 5, 10, 50, 100, Infinity].map((limit) => new Bucket(limit));
exports.step = (i) => {
  const route = '/r' + (i % 12);
  counters.set(route, (counters.get(route) ?? 0) + 1);
  durations[i % 100] = i / 3;
  buckets.find(({ limit }) => i % 120 <= limit).count++;
  recent.push({ route, i });
  if (recent.length > 100) recent.splice(0, 50);
};
