// Jeff-Lewis/cls-hooked#11: a context for each asynchronous operation, removed when it is destroyed, which these never are
const { AsyncResource, createHook } = require('node:async_hooks');
class Context {
  constructor(type, parent) {
    this.type = type;
    this.parent = parent;
  }
}
const contexts = new Map();
const waiting = [];
exports.start = () =>
  createHook({
    init: (id, type, trigger) => void (type === 'QUERY' && contexts.set(id, new Context(type, trigger))),
    destroy: (id) => void contexts.delete(id),
  }).enable();
exports.step = () => {
  const query = new AsyncResource('QUERY', { requireManualDestroy: true });
  waiting.push(query);
  // The queue is emptied; what was queued is not destroyed.
  if (waiting.length > 10) waiting.shift();
};

exports.truth = { holder: /contexts/, type: /^Context$/ };
