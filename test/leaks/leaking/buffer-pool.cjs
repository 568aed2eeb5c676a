// small buffers that keep the pool of 8 kB each
const tokens = [];
exports.step = (i) => {
  for (let k = 0; k < 20; k++) Buffer.from('y'.repeat(100));
  tokens.push(Buffer.from('tok' + i));
};

exports.truth = { holder: /tokens/, type: /^(Buffer)$/ };
