const http = require('node:http');
let url;
exports.start = () =>
  new Promise((r) => {
    const s = http
      .createServer((q, p) => p.end('ok'))
      .listen(0, () => {
        url = 'http://127.0.0.1:' + s.address().port;
        r();
      });
  });
exports.step = async () => {
  await (await fetch(url)).text();
};
