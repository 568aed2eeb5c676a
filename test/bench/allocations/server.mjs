// A server that is busy as servers are: it parses, looks up, renders and keeps something of each request. The port is printed.
import { createServer } from 'node:http';

class Session {
  constructor(user) {
    this.user = user;
    this.seen = [user.id, user.name];
  }
}

const sessions = new Map();
const cache = new Map();

function remember(user) {
  const session = new Session(user);
  sessions.set(user.id % 5000, session);
  return session;
}

function lookUp(id) {
  const key = `product-${id % 400}`;
  let product = cache.get(key);
  if (!product) {
    product = {
      id,
      name: `Product ${id}`,
      tags: Array.from({ length: 8 }, (_, i) => `tag-${(id + i) % 50}`),
    };
    cache.set(key, product);
    if (cache.size > 200) cache.delete(cache.keys().next().value);
  }
  return product;
}

function render(session, products) {
  return JSON.stringify({
    user: session.user.name,
    products: products.map(({ name, tags }) => ({ name, tags: tags.map((tag) => tag.toUpperCase()) })),
  });
}

let next = 0;
const server = createServer((request, response) => {
  const id = next++;
  const body = JSON.parse(
    `{"id":${id},"name":"user ${id}","roles":["reader","buyer"],"path":${JSON.stringify(request.url)}}`,
  );
  const session = remember(body);
  const products = Array.from({ length: 12 }, (_, i) => lookUp(id + i));
  response.setHeader('content-type', 'application/json');
  response.end(render(session, products));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
