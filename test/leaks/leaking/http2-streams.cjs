// nodejs/node#44523: streams of HTTP/2 that nobody ends stay with their session
const http2 = require('node:http2');
let server, session;
exports.start = () =>
  new Promise((connected) => {
    server = http2
      .createServer({ settings: { maxConcurrentStreams: 100_000 } })
      .on('stream', (stream) => stream.respond({ ':status': 200 }))
      .listen(0, () => {
        session = http2.connect(`http://localhost:${server.address().port}`);
        session.once('remoteSettings', connected);
      });
  });
exports.step = (i) =>
  new Promise((responded) => {
    const request = session.request({ ':path': '/' + i });
    request.on('response', () => responded());
  });

exports.truth = {
  holder: /streams|session|http2|Http2/i,
  type: /^(ClientHttp2Stream|ServerHttp2Stream|Http2Stream)$/,
};
