// a memo whose keys are arrays: none is ever found again
const memo = new Map();
class Route {
  constructor(from, to) {
    this.from = from;
    this.to = to;
  }
}
function route(pair) {
  if (!memo.has(pair)) memo.set(pair, new Route(...pair));
  return memo.get(pair);
}
exports.step = (i) => route([i % 10, i % 13]).to;

exports.truth = { holder: /memo/, type: /^(Route|Array)$/ };
