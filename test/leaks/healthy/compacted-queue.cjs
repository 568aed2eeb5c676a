// a queue whose head moves on, and which is compacted when half of it is behind the head; what waits is worked off in time
class Job {
  constructor(i) {
    this.i = i;
    this.payload = { i };
  }
}
let jobs = [];
let head = 0;
exports.step = (i) => {
  for (let k = 0; k < 4; k++) jobs.push(new Job(i));
  while (jobs.length - head > 40) jobs[head++] = undefined;
  if (head > 128 && head * 2 > jobs.length) {
    jobs = jobs.slice(head);
    head = 0;
  }
};
