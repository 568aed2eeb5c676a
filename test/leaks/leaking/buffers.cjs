// nodejs/help#1518: buffers in an array
const chunks = [];
exports.step = (i) => {
  chunks.push(Buffer.alloc(50000, 1));
};

exports.truth = { holder: /chunks/, type: /^(Buffer)$/ };
