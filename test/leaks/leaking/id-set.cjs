// a Set of numbers
const seenIds = new Set();
exports.step = (i) => {
  for (let k = 0; k < 100; k++) seenIds.add(i * 100 + k);
};

exports.truth = { holder: /seenIds/, type: /^(Set)$/ };
