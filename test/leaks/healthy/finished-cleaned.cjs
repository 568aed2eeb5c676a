// `finished` on a stream that stays open, cleaned up each time
const { finished, PassThrough } = require('node:stream');
const socket = new PassThrough();
socket.setMaxListeners(0);
exports.step = async (i) => {
  const r = { i };
  const stop = finished(socket, (e) => void (r.e = e));
  socket.write('x');
  socket.read();
  await null;
  stop();
};
