// nodejs/undici#1711: callbacks that are bound to the context of the request which queued them, and wait in a pool
const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
class Tenant {
  constructor(i) {
    this.id = i;
    this.settings = { theme: 't' + i };
  }
}
const storage = new AsyncLocalStorage();
const pool = { waiting: [] };
exports.step = (i) =>
  storage.run(new Tenant(i), () => {
    pool.waiting.push(AsyncResource.bind(() => storage.getStore().id));
  });

exports.truth = { holder: /pool\.waiting/, type: /^(Function|AsyncResource|Tenant)$/ };
