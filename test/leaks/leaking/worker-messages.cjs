// messages that nobody reads
const { MessageChannel } = require('node:worker_threads');
const { port1, port2 } = new MessageChannel();
port2.unref();
const sent = new Map();
exports.step = (i) => {
  const message = { id: i, body: 'b' + i };
  sent.set(i, message);
  port1.postMessage(i);
};
exports.truth = { holder: /sent/, type: /^(Object)$/ };
