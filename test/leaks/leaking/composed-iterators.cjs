// filters that are put around the same lazy sequence with every request
class Rule {
  constructor(least) {
    this.least = least;
  }
}
function* where(source, rule) {
  for (const item of source) if (item >= rule.least) yield item;
}
let prices = [1, 2, 3].values();
exports.step = (i) => {
  prices = where(prices, new Rule(i));
};

exports.truth = { holder: /prices/, type: /^(Generator|Rule|where|system \/ Context|Context)$/ };
