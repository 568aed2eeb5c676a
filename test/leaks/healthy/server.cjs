const http = require('node:http');
let server, port;
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
exports.start = () =>
  new Promise((r) => {
    server = http
      .createServer((q, s) => s.end('ok'))
      .listen(0, () => {
        port = server.address().port;
        r();
      });
  });
exports.step = (i) =>
  new Promise((r) => {
    http.get({ port, agent, path: '/' + i }, (res) => {
      res.resume();
      res.on('end', r);
    });
  });
