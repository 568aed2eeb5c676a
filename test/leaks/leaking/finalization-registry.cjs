// a FinalizationRegistry whose held value holds its target
class Handle {
  constructor(i) {
    this.i = i;
    this.res = Array(30).fill(i);
  }
}
const reg = new FinalizationRegistry((h) => {});
exports.step = (i) => {
  const h = new Handle(i);
  reg.register(h, () => h);
};

exports.truth = { holder: /reg/, type: /^(Handle)$/ };
