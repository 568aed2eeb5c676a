// a queue that is filled faster than it is emptied
class Mail {
  constructor(i) {
    this.to = 'user' + i;
  }
}
const queue = [];
exports.step = (i) => {
  queue.push(new Mail(i));
  if (i % 3 === 0) queue.shift();
};
exports.truth = { holder: /queue/, type: /^(Mail)$/ };
