// nodejs/node#16716: an http.Agent per request, never destroyed
const http = require('http');
let srv, port;
exports.start = () =>
  new Promise((r) => {
    srv = http
      .createServer((q, s) => s.end('ok'))
      .listen(0, () => {
        port = srv.address().port;
        // A busy machine takes longer than the five seconds after which a server closes what rests.
        srv.keepAliveTimeout = 600_000;
        r();
      });
  });
exports.step = (i) =>
  new Promise((r) => {
    const agent = new http.Agent({ keepAlive: true });
    http.get({ port, agent }, (res) => {
      res.resume();
      res.on('end', r);
    });
  });

exports.truth = { holder: /Global handles/, type: /^(Agent)$/ };
