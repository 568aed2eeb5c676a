// MessagePorts with listeners
const { MessageChannel } = require('worker_threads');
exports.step = (i) => {
  const { port1, port2 } = new MessageChannel();
  const state = { i, d: Array(30).fill(i) };
  port1.on('message', () => state);
};

exports.truth = { holder: /Global handles/, type: /^(MessagePort)$/ };
