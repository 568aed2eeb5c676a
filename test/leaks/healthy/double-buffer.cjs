// samples of this minute and of the last one; how many come in a minute goes up and down
class Sample {
  constructor(i) {
    this.v = i;
  }
}
let now = [],
  last = [];
let n = 0;
exports.step = (i) => {
  for (let k = 0; k < 1 + (i % 3); k++) now.push(new Sample(i));
  if (++n % (60 + (i % 17)) === 0) {
    last = now;
    now = [];
  }
};
