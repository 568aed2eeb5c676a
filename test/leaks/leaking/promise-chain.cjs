// a promise that is chained for ever
class Msg {
  constructor(i) {
    this.i = i;
    this.body = 'm'.repeat(50) + i;
  }
}
globalThis.tail = new Promise(() => {});
const first = globalThis.tail;
exports.step = (i) => {
  const m = new Msg(i);
  globalThis.tail = globalThis.tail.then(() => m);
  return void first;
};
exports.f = first;

exports.truth = { holder: /(exports|program)\.f|tail/, type: /^(Msg)$/ };
