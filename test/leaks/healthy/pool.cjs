class Connection {
  constructor(i) {
    this.i = i;
  }
}
const free = Array.from({ length: 10 }, (_, i) => new Connection(i));
exports.step = async () => {
  const c = free.pop();
  await null;
  free.push(c);
};
