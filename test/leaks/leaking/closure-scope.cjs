// nodejs/node#11645: closures that share a scope keep what the other one needs
let last = null;
exports.step = (i) => {
  const original = last;
  const unused = () => original;
  last = { text: 'x'.repeat(100) + i, run() {} };
  void unused;
};
exports.truth = { holder: /original|last|run/, type: /^(Object|Context)$/ };
