// an undeclared variable
exports.step = (i) => {
  leaky = globalThis.leaky || [];
  leaky.push({ id: i, payload: 'p' + i });
};

exports.truth = { holder: /leaky/, type: /^(Object)$/ };
