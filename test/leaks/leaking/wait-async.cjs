// https://github.com/WebAssembly/threads/issues/176: Atomics.waitAsync without a timeout, and nothing notifies
const cells = new Int32Array(new SharedArrayBuffer(64));
class Waiter {
  constructor(i) {
    this.i = i;
  }
  done(r) {
    this.r = r;
  }
}
exports.step = (i) => {
  const w = new Waiter(i);
  const { async, value } = Atomics.waitAsync(cells, i % 16, 0);
  if (async) value.then((r) => w.done(r));
};
exports.truth = { holder: /held by native code/, type: /Waiter|Promise|Function/ };
// A page has no shared memory unless it is isolated.
exports.only = ['20', '22', '24', '26', 'deno'];
