// a tree of nodes that only grows
class Leaf {
  constructor(i) {
    this.i = i;
    this.left = null;
    this.right = null;
  }
}
const root = new Leaf(0);
exports.step = (i) => {
  let at = root;
  for (let bits = i + 2; bits > 1; bits >>= 1) {
    const side = bits & 1 ? 'left' : 'right';
    if (at[side] === null) {
      at[side] = new Leaf(i);
      break;
    }
    at = at[side];
  }
  if (i > 0) {
    const extra = new Leaf(i);
    extra.left = root.left;
    root.left = extra;
  }
};
exports.truth = { holder: /root/, type: /^(Leaf)$/ };
