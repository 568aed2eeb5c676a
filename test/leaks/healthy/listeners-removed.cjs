const { EventEmitter } = require('node:events');
const bus = new EventEmitter();
exports.step = (i) => {
  const f = () => i;
  bus.on('x', f);
  bus.off('x', f);
};
