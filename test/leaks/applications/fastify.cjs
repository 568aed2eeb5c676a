/* eslint-disable @typescript-eslint/no-require-imports */
// fastify: a schema, hooks, decorators. The leak: a hook keeps a timer for each request.
const http = require('node:http');
const { get, isPlanted, load } = require('./packages.cjs');

class Watchdog {
  constructor(id) {
    this.id = id;
  }
}
let port;
exports.start = async () => {
  const app = load('fastify')({ keepAliveTimeout: 600_000 });
  app.addHook('onRequest', async (request) => {
    if (!isPlanted) return;
    const watchdog = new Watchdog(request.id);
    setInterval(() => watchdog.id, 600_000).unref();
  });
  app.get(
    '/items/:id',
    { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } },
    (request) => ({
      id: request.params.id,
    }),
  );
  await app.listen({ port: 0 });
  ({ port } = app.server.address());
};
exports.step = (i) => get(http, port, `/items/${i}`);
exports.truth = { holder: /timers wait to call/, type: /^(Watchdog|Timeout)$/ };
