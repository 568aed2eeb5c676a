// whatwg/streams: a branch of tee() that is never read keeps all chunks
const { ReadableStream } = require('node:stream/web');
let controller;
const source = new ReadableStream({ start: (own) => void (controller = own) }, { highWaterMark: Infinity });
const [read, unread] = source.tee();
const reader = read.getReader();
class Chunk {
  constructor(i) {
    this.i = i;
  }
}
exports.unread = () => unread;
exports.step = async (i) => {
  controller.enqueue(new Chunk(i));
  await reader.read();
};

exports.truth = {
  holder: /unread|ReadableStream|branch|queue|controller|source|reader/i,
  type: /^(Chunk|Object)$/,
};
