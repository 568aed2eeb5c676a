// requests to another end of a channel, each of which waits in a table until its reply
const { MessageChannel } = require('node:worker_threads');
const { port1, port2 } = new MessageChannel();
const pending = new Map();
class Request {
  constructor(id, resolve) {
    this.id = id;
    this.resolve = resolve;
  }
}
exports.start = () => {
  port2.on('message', ({ id }) => port2.postMessage({ id, result: id * 2 }));
  port1.on('message', ({ id, result }) => {
    pending.get(id).resolve(result);
    pending.delete(id);
  });
};
exports.step = (i) =>
  new Promise((resolve) => {
    pending.set(i, new Request(i, resolve));
    port1.postMessage({ id: i });
  });
