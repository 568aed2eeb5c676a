// a queue that is flushed when it is long enough, or after a while
class Metric {
  constructor(i) {
    this.name = 'm' + (i % 9);
    this.value = i;
  }
}
let queue = [];
let timer = null;
const flush = () => {
  clearTimeout(timer);
  timer = null;
  queue = [];
};
exports.step = (i) => {
  queue.push(new Metric(i));
  if (queue.length >= 64) flush();
  else timer ??= setTimeout(flush, 20);
};
