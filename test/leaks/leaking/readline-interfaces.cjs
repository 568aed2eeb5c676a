// npm/npm#5203: each readline interface listens to its input, and is never closed
const readline = require('node:readline');
const { PassThrough } = require('node:stream');
const input = new PassThrough();
input.setMaxListeners(0);
exports.step = (i) => {
  const lines = readline.createInterface({ input });
  lines.on('line', (line) => line.length + i);
};

exports.truth = { holder: /input|PassThrough/, type: /^(Interface|Function)$/ };
