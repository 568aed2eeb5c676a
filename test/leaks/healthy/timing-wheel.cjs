// deadlines in a wheel of 64 slots: those of a slot go when the hand comes to it
class Deadline {
  constructor(i) {
    this.i = i;
    this.done = () => this.i;
  }
}
const slots = Array.from({ length: 64 }, () => []);
exports.step = (i) => {
  for (const deadline of slots[i % 64].splice(0)) deadline.done();
  for (let k = 1; k <= 3; k++) slots[(i + k * 17) % 64].push(new Deadline(i));
};
