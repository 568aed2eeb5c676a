// nodejs/node#9254: writes to a peer that is slow, whatever `write` returns
const { Writable } = require('node:stream');
class SlowPeer extends Writable {
  _write(chunk, encoding, done) {
    this.acknowledge = done;
  }
}
const peer = new SlowPeer();
exports.step = (i) => peer.write(Buffer.alloc(64, i));

exports.truth = { holder: /peer|buffered/, type: /^(Buffer|Object|ArrayBuffer)$/ };
