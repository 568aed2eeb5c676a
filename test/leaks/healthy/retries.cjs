// calls that fail and try again, with a pause that grows
class Attempt {
  constructor(id) {
    this.id = id;
    this.failures = 0;
  }
}
const waiting = new Set();
const attempt = (one) =>
  new Promise((done) => {
    waiting.add(one);
    setTimeout(() => {
      waiting.delete(one);
      if (++one.failures < 3) void attempt(one).then(done);
      else done(one.id);
    }, 2 ** one.failures);
  });
exports.step = (i) => void attempt(new Attempt(i));
