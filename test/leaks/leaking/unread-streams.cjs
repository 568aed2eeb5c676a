// responses that are neither read nor destroyed: their streams keep what was written
const { PassThrough } = require('node:stream');
const open = new Map();
exports.step = (i) => {
  const body = new PassThrough();
  body.write(Buffer.alloc(500, i));
  open.set('request-' + i, body);
};

exports.truth = { holder: /open/, type: /^(PassThrough)$/ };
