/* eslint-disable @typescript-eslint/no-require-imports */
// socket.io: clients that come, join a room, ask and go. The leak: presence keeps the sockets of those that went.
const { isPlanted, load } = require('./packages.cjs');

const presence = {};
let url;
exports.steps = 100;
exports.start = () =>
  new Promise((done) => {
    const server = require('node:http').createServer();
    const { Server } = load('socket.io');
    new Server(server).on('connection', (socket) => {
      if (isPlanted) presence[socket.id] = socket;
      socket.join('room' + (socket.handshake.auth.i % 5));
      socket.on('ask', (question, answer) => answer(question + 1));
    });
    server.listen(0, () => {
      url = `http://127.0.0.1:${server.address().port}`;
      done();
    });
  });
exports.step = (i) =>
  new Promise((done) => {
    const { io } = load('socket.io-client');
    const client = io(url, { transports: ['websocket'], forceNew: true, auth: { i } });
    client.emit('ask', i, () => {
      client.disconnect();
      setImmediate(done);
    });
  });
exports.truth = { holder: /presence/, type: /^Socket$/ };
