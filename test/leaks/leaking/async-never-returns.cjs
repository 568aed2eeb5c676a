// matter.js#2640: an async function that waits for ever keeps its variables
class Order {
  constructor(i) {
    this.i = i;
    this.lines = Array.from({ length: 30 }, (_, k) => ({ k, i }));
  }
}
const waiting = [];
async function handle(i) {
  const o = new Order(i);
  await new Promise((r) => waiting.push(r));
  return o.i;
}
exports.step = (i) => {
  handle(i);
};

exports.truth = { holder: /waiting/, type: /^(Function)$/ };
