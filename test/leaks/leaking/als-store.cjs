// unctx#125: AsyncLocalStorage keeps its store as long as a timer that was set in it
const { AsyncLocalStorage } = require('node:async_hooks');
const als = new AsyncLocalStorage();
class Request {
  constructor(i) {
    this.i = i;
    this.headers = { id: 'r' + i };
  }
}
exports.step = (i) =>
  als.run(new Request(i), () => {
    setTimeout(() => {}, 1e7).unref();
  });
exports.truth = { holder: /timers wait to call/, type: /^(Request|Timeout)$/ };
