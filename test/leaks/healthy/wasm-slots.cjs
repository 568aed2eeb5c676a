// references in the table of a module, whose slots are used again
class El {
  constructor(i) {
    this.i = i;
  }
}
const table = new WebAssembly.Table({ element: 'externref', initial: 128 });
const free = [];
let top = 0;
const live = [];
exports.step = (i) => {
  const at = free.pop() ?? top++;
  table.set(at, new El(i));
  live.push(at);
  if (live.length > 50) {
    const f = live.shift();
    table.set(f, null);
    free.push(f);
  }
};
