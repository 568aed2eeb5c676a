const { PassThrough } = require('node:stream');
const { pipeline } = require('node:stream/promises');
exports.step = (i) => {
  const a = new PassThrough(),
    b = new PassThrough();
  b.resume();
  a.end('x' + i);
  return pipeline(a, b);
};
