// https://github.com/nodejs/node/issues/29003: `finished` leaves its listeners on a stream that stays open
const { finished, PassThrough } = require('node:stream');
const socket = new PassThrough();
socket.setMaxListeners(0);
exports.step = (i) => {
  const request = { i, headers: { id: 'r' + i } };
  finished(socket, (err) => void (request.error = err));
};
exports.truth = { holder: /socket/, type: /Function|Object/ };
