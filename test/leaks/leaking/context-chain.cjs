// DataDog/dd-trace-js#1134 in kind: enterWith() without an end, in a worker that calls itself again: each scope has the one before it
// as its parent, and only the context of the next call has the last one
const { AsyncLocalStorage } = require('node:async_hooks');
const scopes = new AsyncLocalStorage();
class Scope {
  constructor(name, parent) {
    this.name = name;
    this.parent = parent;
  }
}
const inbox = [];
function work() {
  for (const job of inbox.splice(0)) {
    scopes.enterWith(new Scope('job ' + job.i, scopes.getStore()));
    job.done();
  }
  setTimeout(work, 1);
}
exports.start = work;
exports.step = (i) => new Promise((done) => inbox.push({ i, done }));
exports.only = ['20', '22', '24', '26'];

exports.truth = { holder: /Scope|parent/, type: /^Scope$/ };
