// a static field
class Metrics {
  static history = [];
  static add(x) {
    Metrics.history.push(x);
  }
}
exports.step = (i) => Metrics.add({ ts: Date.now(), value: Math.random(), labels: { route: '/r' + i } });

exports.truth = { holder: /history/, type: /^(Object)$/ };
