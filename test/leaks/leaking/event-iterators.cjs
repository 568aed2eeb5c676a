// nodejs/node: events.on() gives an iterator that buffers; one that is never returned stays subscribed
const { EventEmitter, on } = require('node:events');
const bus = new EventEmitter().setMaxListeners(0);
exports.step = async (i) => {
  const changes = on(bus, 'change');
  bus.emit('change', { id: i });
  await changes.next();
};

exports.truth = { holder: /bus/, type: /./ };
