// a WeakMap whose keys live in another list
class Key {
  constructor(i) {
    this.i = i;
  }
}
class Extra {
  constructor(i) {
    this.text = 't' + i;
  }
}
const keys = [];
const extras = new WeakMap();
exports.step = (i) => {
  const key = new Key(i);
  keys.push(key);
  extras.set(key, new Extra(i));
};
exports.truth = { holder: /keys|extras/, type: /^(Key|Extra)$/ };
