// timers/promises: an interval that is iterated, and given up without return()
const { setInterval: every } = require('node:timers/promises');
class Poll {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  const poll = new Poll(i);
  const ticks = every(1e8, poll, { ref: false });
  void ticks.next();
};

exports.truth = {
  holder: /timer|interval|Timeout/i,
  type: /^(Poll|Timeout|AsyncGenerator|Promise|Function)/,
};
