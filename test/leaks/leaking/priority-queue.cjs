// a queue of tasks by time: cancelled ones are marked, and wait for a time that is far away
class Task {
  isCancelled = false;
  constructor(at) {
    this.at = at;
  }
}
class TaskQueue {
  #heap = [];
  add(task) {
    let at = this.#heap.push(task) - 1;
    for (let above; at > 0 && this.#heap[(above = (at - 1) >> 1)].at > task.at; at = above) {
      this.#heap[at] = this.#heap[above];
      this.#heap[above] = task;
    }
    return task;
  }
}
const queue = new TaskQueue();
exports.step = (i) => void (queue.add(new Task(1e9 + ((i * 7919) % 1000))).isCancelled = true);

exports.truth = { holder: /heap|queue/, type: /^Task$/ };
