// channels and streams that are closed after use
const { MessageChannel } = require('node:worker_threads');
const { PassThrough } = require('node:stream');
exports.step = async (i) => {
  const { port1, port2 } = new MessageChannel();
  const got = new Promise((done) => port2.once('message', done));
  port1.postMessage({ i });
  await got;
  port1.close();
  await new Promise((done) => setImmediate(done));
  const body = new PassThrough();
  body.end('x');
  for await (const chunk of body) if (chunk.length === 0) break;
};
