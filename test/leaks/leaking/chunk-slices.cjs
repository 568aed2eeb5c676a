// nodejs/node#2160 in kind: a few bytes of a large chunk are kept, and with them the chunk
const tokens = new Map();
exports.step = (i) => {
  const chunk = Buffer.alloc(40_000, i);
  tokens.set(`t${i}`, chunk.subarray(0, 16));
};

exports.truth = { holder: /tokens/, type: /^(Buffer|FastBuffer|Uint8Array|ArrayBuffer)/ };
