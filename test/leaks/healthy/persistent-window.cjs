// a persistent queue of two lists: pairs of the last one and the rest, turned round when the front is empty
class Sample {
  constructor(i) {
    this.i = i;
  }
}
let front = null;
let back = null;
let size = 0;
exports.step = (i) => {
  back = [new Sample(i), back];
  size++;
  while (size > 50) {
    if (!front) for (; back; back = back[1]) front = [back[0], front];
    front = front[1];
    size--;
  }
};
