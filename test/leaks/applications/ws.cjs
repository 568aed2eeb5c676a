/* eslint-disable @typescript-eslint/no-require-imports */
// ws: connections that come and go, messages to all. The leak: a bus keeps a listener for each connection.
const { EventEmitter, once } = require('node:events');
const { isPlanted, load } = require('./packages.cjs');

class Subscription {
  constructor(socket) {
    this.socket = socket;
  }
}
const bus = new EventEmitter().setMaxListeners(0);
let url;
exports.steps = 200;
exports.start = async () => {
  const { WebSocketServer } = load('ws');
  const server = new WebSocketServer({ port: 0 });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${server.address().port}`;
  server.on('connection', (socket) => {
    const subscription = new Subscription(socket);
    const onNews = (text) => subscription.socket.send(text);
    bus.on('news', onNews);
    socket.on('close', () => isPlanted || bus.off('news', onNews));
    socket.on('message', (data) => socket.send(data));
  });
};
exports.step = async (i) => {
  const { WebSocket } = load('ws');
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send('hello ' + i);
  await once(socket, 'message');
  socket.close();
  await once(socket, 'close');
};
exports.truth = { holder: /bus[^]*news/, type: /^(Function|Subscription)$/ };
