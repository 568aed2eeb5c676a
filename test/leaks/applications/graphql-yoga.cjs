/* eslint-disable @typescript-eslint/no-require-imports */
// graphql-yoga: queries through a loader. The leak: the loader is made once, and caches all it ever loaded.
const http = require('node:http');
const { get, isPlanted, load } = require('./packages.cjs');

class Author {
  constructor(id) {
    this.id = id;
    this.name = 'author ' + id;
  }
}
class Loader {
  #cache = new Map();
  load(id) {
    if (!this.#cache.has(id)) this.#cache.set(id, new Author(id));
    return this.#cache.get(id);
  }
}
const shared = new Loader();
let port;
exports.start = () =>
  new Promise((done) => {
    const { createSchema, createYoga } = load('graphql-yoga');
    const yoga = createYoga({
      logging: false,
      schema: createSchema({
        typeDefs: 'type Author { id: ID name: String } type Query { author(id: ID): Author }',
        resolvers: { Query: { author: (_, { id }, { loader }) => loader.load(id) } },
      }),
      context: () => ({ loader: isPlanted ? shared : new Loader() }),
    });
    const server = http.createServer({ keepAliveTimeout: 600_000 }, yoga).listen(0, () => {
      ({ port } = server.address());
      done();
    });
  });
exports.step = (i) =>
  get(http, port, '/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'query($id: ID) { author(id: $id) { name } }', variables: { id: i } }),
  });
exports.truth = { holder: /#cache/, type: /^Author$/ };
