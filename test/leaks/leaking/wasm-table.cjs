// https://github.com/wasm-bindgen/wasm-bindgen/issues/3903: what is never freed; here references in the table of a module
class Element {
  constructor(i) {
    this.i = i;
    this.name = 'el' + i;
  }
}
const table = new WebAssembly.Table({ element: 'externref', initial: 64 });
let next = 0;
exports.step = (i) => {
  if (next === table.length) table.grow(128);
  table.set(next++, new Element(i));
};
exports.truth = { holder: /table/, type: /^Element$/ };
