// an array as the value of a WeakMap whose key lives
class Node {
  constructor(i) {
    this.i = i;
  }
}
const key = { long: 'lived' };
const wm = new WeakMap();
wm.set(key, []);
exports.key = key;
exports.step = (i) => {
  wm.get(key).push(new Node(i));
};

exports.truth = { holder: /wm/, type: /^(Node)$/ };
