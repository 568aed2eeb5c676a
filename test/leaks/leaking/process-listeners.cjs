// listeners on process
process.setMaxListeners(0);
class Job {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  const job = new Job(i);
  process.on('app-end', () => job.i);
};
exports.truth = { holder: /process/, type: /^(Job|Function)$/ };
