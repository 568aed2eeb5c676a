// handlers on a promise that settles late
let done;
const ready = new Promise((resolve) => {
  done = resolve;
});
class Client {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  const client = new Client(i);
  ready.then(() => client.i);
};
exports.done = () => done();
exports.truth = { holder: /ready/, type: /^(Client|Function|Promise)$/ };
