// a pool that grows with the load and drops what is more than five
class Client {
  constructor(id) {
    this.id = id;
    this.log = [];
  }
}
const all = new Set(),
  idle = [];
const loans = new Map();
let ids = 0;
exports.step = async (i) => {
  const busy = [];
  for (let n = 0; n < 1 + (i % 7); n++) {
    const c = idle.pop() ?? new Client(ids++);
    all.add(c);
    loans.set(c.id, { c });
    busy.push(c);
  }
  await null;
  for (const c of busy) {
    loans.delete(c.id);
    c.log.push(i);
    if (c.log.length > 20) c.log.length = 0;
    if (idle.length < 5) idle.push(c);
    else all.delete(c);
  }
};
