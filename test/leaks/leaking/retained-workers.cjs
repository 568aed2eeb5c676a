// a worker thread for each job, which is idle afterwards and never terminated (few: each is a heap of its own)
const { Worker } = require('node:worker_threads');
class Job {
  constructor(id, worker) {
    this.id = id;
    this.worker = worker;
  }
}
const jobs = [];
exports.step = (i) => {
  if (i % 25 !== 0) return;
  const worker = new Worker('require("node:worker_threads").parentPort.on("message", () => {})', {
    eval: true,
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: 8 },
  });
  worker.unref();
  jobs.push(new Job(i, worker));
};

exports.truth = { holder: /jobs/, type: /^(Job|Worker)$/ };
