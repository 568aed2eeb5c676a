/* eslint-disable @typescript-eslint/no-require-imports */
// koa: middleware that waits, a bounded cache. The leak: the cache of rendered pages has no bound.
const http = require('node:http');
const { get, isPlanted, load } = require('./packages.cjs');

class Page {
  constructor(path) {
    this.path = path;
    this.parts = ['<html>', path, '</html>'];
  }
}
const pages = new Map();
let port;
exports.start = () =>
  new Promise((done) => {
    const Koa = load('koa');
    const app = new (Koa.default ?? Koa)();
    app.use(async (context, next) => {
      await next();
      context.set('x-time', '1');
    });
    app.use((context) => {
      const page = new Page(context.path);
      pages.set(context.path, page);
      if (!isPlanted && pages.size > 30) pages.delete(pages.keys().next().value);
      context.body = page.parts.join('');
    });
    const server = app.listen(0, () => {
      ({ port } = server.address());
      done();
    });
    server.keepAliveTimeout = 600_000;
  });
exports.step = (i) => get(http, port, `/page/${i}`);
exports.truth = { holder: /pages/, type: /^Page$/ };
