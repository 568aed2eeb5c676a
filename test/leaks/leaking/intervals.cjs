// setInterval without clearInterval
class Session {
  constructor(i) {
    this.i = i;
    this.data = Buffer.alloc(64).toString('hex') + i;
  }
}
exports.step = (i) => {
  const s = new Session(i);
  setInterval(() => s.i, 3600e3).unref();
};

exports.truth = { holder: /timers wait to call/, type: /^(Timeout)$/ };
