// regular expressions per pattern
const patterns = new Map();
exports.step = (i) => {
  patterns.set('p' + i, new RegExp('^user' + i + '$'));
};
exports.truth = { holder: /patterns/, type: /^(RegExp)$/ };
