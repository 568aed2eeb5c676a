// `once` for an event that never comes: the listener is a wrapper, and stays
const { EventEmitter } = require('node:events');
class Upload {
  constructor(i) {
    this.id = i;
    this.parts = new Array(8).fill('p' + i);
  }
}
const storage = new EventEmitter();
storage.setMaxListeners(0);
exports.step = (i) => {
  const upload = new Upload(i);
  storage.once('drained', () => upload.parts.length);
  if (i % 2) storage.emit('written', i);
};

exports.truth = { holder: /storage[^]*drained/, type: /^(Function|Upload)$/ };
