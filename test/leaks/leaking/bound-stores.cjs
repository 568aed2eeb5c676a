// nodejs/node#45277 in kind: each request binds a storage of its own to a channel, and does not unbind it
const { AsyncLocalStorage } = require('node:async_hooks');
const { channel } = require('node:diagnostics_channel');
const requests = channel('app.requests');
exports.step = (i) => {
  const storage = new AsyncLocalStorage();
  requests.bindStore(storage, (data) => ({ ...data, i }));
};
exports.only = ['20', '22', '24', '26'];

exports.truth = { holder: /requests|_stores|channel/i, type: /^(AsyncLocalStorage|Function)$/ };
