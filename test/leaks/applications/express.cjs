/* eslint-disable @typescript-eslint/no-require-imports */
// express: sessions that end, a router, JSON bodies. The leak: an audit of all requests.
const http = require('node:http');
const { get, isPlanted, load } = require('./packages.cjs');

class AuditEntry {
  constructor(request) {
    this.path = request.url;
    this.headers = request.headers;
  }
}
const audit = [];
const sessions = new Map();
let port;
exports.start = () =>
  new Promise((done) => {
    const express = load('express');
    const app = express();
    app.use(express.json());
    app.use((request, response, next) => {
      if (isPlanted) audit.push(new AuditEntry(request));
      const id = 'session' + (Number(request.query.i) % 40);
      sessions.delete(id);
      sessions.set(id, { id, at: Date.now() });
      if (sessions.size > 20) sessions.delete(sessions.keys().next().value);
      next();
    });
    app.get('/users/:id', (request, response) => response.json({ id: request.params.id }));
    app.use((request, response) => response.status(404).end());
    const server = app.listen(0, () => {
      port = server.address().port;
      done();
    });
    server.keepAliveTimeout = 600_000;
  });
exports.step = (i) => get(http, port, `/users/${i}?i=${i}`);
exports.truth = { holder: /audit/, type: /^AuditEntry$/ };
