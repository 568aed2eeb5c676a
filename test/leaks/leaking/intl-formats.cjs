// Intl objects per request
const fmts = new Map();
exports.step = (i) => {
  fmts.set('c' + i, new Intl.NumberFormat('en', { maximumFractionDigits: i % 20 }));
};

exports.truth = { holder: /fmts/, type: /^(NumberFormat)$/ };
