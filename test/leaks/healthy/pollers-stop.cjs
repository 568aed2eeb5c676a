// pollers by setImmediate that stop after some turns; how many are at work at a time changes
class Poller {
  constructor(turns) {
    this.turns = turns;
  }
  poll() {
    if (this.turns-- > 0) setImmediate(() => this.poll());
  }
}
exports.step = async (i) => {
  for (let n = 0; n <= i % 5; n++) new Poller(3 + (i % 17)).poll();
  if (i % 10 === 0) await new Promise((done) => setImmediate(done));
};
exports.only = ['20', '22', '24', '26'];
