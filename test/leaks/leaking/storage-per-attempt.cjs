// openclaw/openclaw#141132: an AsyncLocalStorage for each attempt, which is never disabled
const { AsyncLocalStorage } = require('node:async_hooks');
class Attempt {
  storage = new AsyncLocalStorage();
  constructor(i) {
    this.id = i;
  }
}
exports.step = (i) => {
  const attempt = new Attempt(i);
  // Not `run`: it is disabled at the end of the attempt, which does not come.
  attempt.storage.enterWith(attempt);
};

// Since Node 24, only what runs in an attempt keeps its storage.
exports.only = ['20', '22'];
exports.truth = { holder: /[Ss]torage|AsyncContextFrame|(S|s)tore/, type: /^(AsyncLocalStorage|Attempt)$/ };
