// WeakRefs that nothing removes when their target is gone
class Doc {
  constructor(i) {
    this.i = i;
  }
}
const c = new Map();
exports.step = (i) => {
  c.set('doc' + i, new WeakRef(new Doc(i)));
};

exports.truth = { holder: /c/, type: /^(WeakRef)$/ };
