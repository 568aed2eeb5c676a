const http = require('node:http');
let url;
exports.start = () =>
  new Promise((r) => {
    // A snapshot may take longer than Node keeps an idle connection: one that is closed meanwhile would fail the next request.
    const server = http
      .createServer({ keepAliveTimeout: 600_000 }, (q, p) => p.end('ok'))
      .listen(0, () => {
        url = 'http://127.0.0.1:' + server.address().port;
        r();
      });
  });
exports.step = async () => {
  await (await fetch(url)).text();
};
