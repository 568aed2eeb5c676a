// balderdashy/waterline and mongoose virtuals in kind: each request defines a virtual property on the prototype of a model, under a new name
class Model {
  constructor(i) {
    this.i = i;
  }
}
class Loader {
  constructor(name) {
    this.name = name;
    this.rows = [name];
  }
}
exports.step = (i) => {
  const loader = new Loader('relation' + i);
  Object.defineProperty(Model.prototype, loader.name, {
    configurable: true,
    get: () => loader.rows,
  });
  return new Model(i)[loader.name];
};

exports.truth = { holder: /Model/, type: /^(Loader|Function)$/ };
