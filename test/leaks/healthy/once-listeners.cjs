// listeners of one event each, on an emitter that lives as long as the program
const { EventEmitter, once, on } = require('node:events');
const bus = new EventEmitter();
exports.step = async (i) => {
  const reply = once(bus, 'reply' + i);
  bus.emit('reply' + i, i);
  await reply;
  for await (const [value] of (setImmediate(() => bus.emit('tick', i)), on(bus, 'tick'))) {
    if (value === i) break;
  }
};
