// writes to a slow stream that wait for it
const { Writable } = require('node:stream');
const { once } = require('node:events');
const peer = new Writable({
  highWaterMark: 4096,
  write(chunk, encoding, done) {
    setImmediate(done);
  },
});
exports.step = async (i) => {
  if (!peer.write(Buffer.alloc(256, i))) await once(peer, 'drain');
};
