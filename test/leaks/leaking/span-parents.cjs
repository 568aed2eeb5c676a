// elysiajs/opentelemetry#62 in kind: each span has the one before it as its parent, because none is ended
const { AsyncLocalStorage } = require('node:async_hooks');
const active = new AsyncLocalStorage();
class Span {
  constructor(name, parent) {
    this.name = name;
    this.parent = parent;
    this.attributes = { 'http.route': name };
  }
}
let current;
exports.step = (i) => {
  const span = new Span(`GET /items/${i}`, current);
  active.enterWith(span);
  current = span;
};

exports.truth = { holder: /current|active|AsyncLocalStorage|parent/, type: /^Span$/ };
