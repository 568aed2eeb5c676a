// a sample of a hundred of all requests
const sample = [];
class Timing {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  if (sample.length < 100) sample.push(new Timing(i));
  else {
    const at = (i * 7919) % (i + 1);
    if (at < 100) sample[at] = new Timing(i);
  }
};
