// TooTallNate/proxy-agents#427 in kind: requests that wait in an agent for a socket, which the first ones never give back
const http = require('node:http');
const agent = new http.Agent({ maxSockets: 2 });
let port;
exports.start = () =>
  new Promise((done) => {
    const server = http.createServer(() => {});
    server.listen(0, '127.0.0.1', () => {
      port = server.address().port;
      done();
    });
  });
exports.step = (i) => {
  http.get({ host: '127.0.0.1', port, path: '/' + i, agent }).on('error', () => {});
};
exports.only = ['20', '22', '24', '26'];

exports.truth = { holder: /agent|requests/, type: /^ClientRequest$/ };
