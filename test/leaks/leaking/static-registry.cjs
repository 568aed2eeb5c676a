// a static private Map of all instances, by their symbols
class Component {
  static #all = new Map();
  constructor(i) {
    this.props = { i };
    this.key = Symbol('component ' + i);
    Component.#all.set(this.key, this);
  }
}
exports.step = (i) => new Component(i).props.i;

exports.truth = { holder: /#all/, type: /^(Component|symbol)$/ };
