// values of a WeakMap that refer to their keys
const parents = new WeakMap();
class Element {
  children = [];
}
exports.step = () => {
  const root = new Element();
  for (let n = 0; n < 5; n++) {
    const child = new Element();
    root.children.push(child);
    parents.set(child, { root, child });
  }
  return parents.get(root.children[0]).root === root;
};
