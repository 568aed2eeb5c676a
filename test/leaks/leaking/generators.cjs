// generators that were begun and not finished
function* gen(i) {
  const big = Array(100).fill(i);
  for (;;) yield big[0];
}
const its = new Set();
exports.step = (i) => {
  const g = gen(i);
  g.next();
  its.add(g);
};

exports.truth = { holder: /its/, type: /^(Generator)$/ };
