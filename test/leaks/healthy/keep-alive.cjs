// an agent that keeps four sockets alive, and requests that take turns on them
const http = require('node:http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
let port;
exports.start = () =>
  new Promise((done) => {
    const server = http.createServer((request, response) => response.end(request.url));
    server.keepAliveTimeout = 60_000;
    server.listen(0, '127.0.0.1', () => {
      port = server.address().port;
      done();
    });
  });
const get = (path) =>
  new Promise((done, failed) => {
    http
      .get({ host: '127.0.0.1', port, path, agent }, (response) => response.resume().on('end', done))
      .on('error', failed);
  });
exports.step = (i) => Promise.all([1, 2, 3, 4, 5].map((k) => get(`/${i}/${k}`)));
exports.only = ['20', '22', '24', '26'];
