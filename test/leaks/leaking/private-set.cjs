// a Set in a private field
class Store {
  #items = new Set();
  add(x) {
    this.#items.add(x);
  }
}
class Item {
  constructor(i) {
    this.i = i;
    this.text = 't' + i;
  }
}
const store = new Store();
exports.step = (i) => store.add(new Item(i));

exports.truth = { holder: /#items/, type: /^(Item)$/ };
