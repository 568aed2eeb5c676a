const { AsyncLocalStorage } = require('node:async_hooks');
const als = new AsyncLocalStorage();
exports.step = (i) =>
  als.run({ i }, async () => {
    await null;
    return als.getStore().i;
  });
