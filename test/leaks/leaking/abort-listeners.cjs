// nodejs/node#48951: listeners on an AbortSignal that lives long
const ac = new AbortController();
require('events').setMaxListeners(0, ac.signal);
class Task {
  constructor(i) {
    this.i = i;
    this.input = Array(40).fill(i);
  }
}
exports.step = (i) => {
  const t = new Task(i);
  ac.signal.addEventListener('abort', () => t.i);
};

exports.truth = { holder: /kEvents|listeners/, type: /^(Task)$/ };
