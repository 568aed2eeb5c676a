// one interval, whose closure collects samples that nothing takes away
class Sample {
  constructor(i) {
    this.at = i;
    this.load = [i, i + 0.5];
  }
}
function monitor() {
  const samples = [];
  const add = (i) => samples.push(new Sample(i));
  setInterval(() => add(samples.length), 1e6).unref();
  return add;
}
let sample;
exports.start = () => {
  sample = monitor();
};
exports.step = (i) => sample(i);

exports.truth = { holder: /samples/, type: /^(Sample)$/ };
