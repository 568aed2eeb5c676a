// https://github.com/SocketCluster/writable-consumable-stream/issues/2: a consumer that has stopped; the queue is of linked chunks
class Job {
  constructor(i) {
    this.id = i;
  }
}
class Chunk {
  constructor() {
    this.list = new Array(64);
    this.top = 0;
    this.next = null;
  }
}
class ChunkedQueue {
  constructor() {
    this.head = this.tail = new Chunk();
  }
  push(job) {
    if (this.head.top === 64) this.head = this.head.next = new Chunk();
    this.head.list[this.head.top++] = job;
  }
}
const waiting = new ChunkedQueue();
exports.step = (i) => waiting.push(new Job(i));
exports.truth = { holder: /waiting/, type: /^(Job|Chunk)$/ };
