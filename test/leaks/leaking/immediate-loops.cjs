// pollers that call themselves again by setImmediate, and are never stopped
class Poller {
  constructor(i) {
    this.i = i;
    this.turns = 0;
  }
  poll() {
    this.turns++;
    setImmediate(() => this.poll());
  }
}
exports.step = (i) => {
  new Poller(i).poll();
};
exports.truth = { holder: /immediate/i, type: /^(Poller|Immediate)$/ };
exports.only = ['20', '22', '24', '26'];
