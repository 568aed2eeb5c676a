// a queue of linked chunks, of which a hundred jobs wait
class Job {
  constructor(i) {
    this.id = i;
  }
}
class Chunk {
  constructor() {
    this.list = new Array(64);
    this.top = this.bottom = 0;
    this.next = null;
  }
}
const q = { head: null, tail: null };
q.head = q.tail = new Chunk();
const push = (j) => {
  if (q.head.top === 64) q.head = q.head.next = new Chunk();
  q.head.list[q.head.top++] = j;
};
const shift = () => {
  if (q.tail.bottom === 64) q.tail = q.tail.next;
  const j = q.tail.list[q.tail.bottom];
  q.tail.list[q.tail.bottom++] = undefined;
  return j;
};
exports.step = (i) => {
  push(new Job(i));
  if (i > 100) shift();
};
