// Buffer.concat onto one buffer
let buf = Buffer.alloc(0);
exports.step = (i) => {
  buf = Buffer.concat([buf, Buffer.alloc(2000, i)]);
};

exports.truth = { holder: /buf/, type: /^(ArrayBuffer|Buffer)$/ };
