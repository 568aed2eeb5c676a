// aneilbaboo/replayer#7: a listener for each request, on a socket that all requests share
const http = require('node:http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
class Call {
  constructor(path) {
    this.path = path;
    this.timedOut = false;
  }
}
let server;
exports.start = () =>
  new Promise((listening) => {
    server = http.createServer((request, response) => response.end('ok')).listen(0, listening);
    server.keepAliveTimeout = 600_000;
  });
exports.step = (i) =>
  new Promise((done) => {
    const call = new Call('/' + i);
    http
      .get({ port: server.address().port, agent, path: call.path }, (response) => {
        response.resume();
        response.on('end', done);
      })
      .on('socket', (socket) => {
        socket.setMaxListeners(0);
        socket.on('timeout', () => (call.timedOut = true));
      });
  });

exports.truth = { holder: /listeners of `timeout`/, type: /^(Function|Call)$/ };
