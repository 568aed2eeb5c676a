const http = require('node:http');
let url;
exports.start = () =>
  new Promise((r) => {
    const server = http
      .createServer((q, p) => p.end('ok'))
      .listen(0, () => {
        server.keepAliveTimeout = 60_000;
        url = 'http://127.0.0.1:' + server.address().port;
        r();
      });
  });
exports.step = async () => {
  await (await fetch(url)).text();
};
