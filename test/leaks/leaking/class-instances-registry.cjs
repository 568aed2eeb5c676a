// every instance registers itself
class Component {
  static all = new Set();
  constructor(i) {
    this.i = i;
    Component.all.add(this);
  }
}
exports.step = (i) => {
  new Component(i);
};
exports.truth = { holder: /all/, type: /^(Component)$/ };
