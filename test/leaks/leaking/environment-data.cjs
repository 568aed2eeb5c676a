// worker_threads: what setEnvironmentData has for workers to come stays under its name, and the names are those of jobs
const { setEnvironmentData } = require('node:worker_threads');
class Job {
  constructor(i) {
    this.i = i;
    this.files = [`in-${i}.csv`];
  }
}
exports.step = (i) => {
  setEnvironmentData(`job-${i}`, new Job(i));
};
exports.truth = { holder: /environmentData/, type: /^Job$/ };
exports.only = ['20', '22', '24', '26'];
