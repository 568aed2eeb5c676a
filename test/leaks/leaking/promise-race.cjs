// nodejs/node#17469: Promise.race with a promise that never settles
const shutdown = new Promise(() => {});
class Job {
  constructor(i) {
    this.payload = Array.from({ length: 50 }, (_, k) => k * i);
  }
}
async function work(i) {
  await null;
  return new Job(i);
}
exports.step = (i) => Promise.race([shutdown, work(i)]);

exports.truth = { holder: /shutdown/, type: /^(Function)$/ };
