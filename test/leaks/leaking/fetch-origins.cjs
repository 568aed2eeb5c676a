// nodejs/undici#3895 and #4424: fetch keeps a pool for each origin; a crawler asks ever new ones (mended in Node 24)
const http = require('node:http');
let port;
exports.start = () =>
  new Promise((done) => {
    const server = http.createServer((_, response) => {
      response.setHeader('connection', 'close');
      response.end('ok');
    });
    server.listen(0, '0.0.0.0', () => {
      port = server.address().port;
      done();
    });
  });
exports.step = async (i) => {
  await (await fetch(`http://127.0.${1 + (i >> 7)}.${1 + (i & 127)}:${port}/`)).text();
};
exports.only = ['20', '22'];

exports.truth = { holder: /./, type: /^(Pool|Client)$/ };
