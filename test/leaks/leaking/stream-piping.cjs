// nodejs/node#1671: pipe() onto one long-lived stream adds listeners that stay
const { PassThrough } = require('node:stream');
const out = new PassThrough();
out.setMaxListeners(0);
out.resume();
exports.step = (i) => {
  const source = new PassThrough();
  source.pipe(out, { end: false });
  source.write('x' + i);
};
exports.truth = { holder: /out|listeners/, type: /^(Function)$/ };
