// new Function per request
const fns = [];
exports.step = (i) => {
  fns.push(new Function('x', `return x+${i}`));
};

exports.truth = { holder: /fns/, type: /^(Function)$/ };
