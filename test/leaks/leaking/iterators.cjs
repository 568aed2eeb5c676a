// iterators of a Map that are kept
const map = new Map([
  [1, 2],
  [3, 4],
]);
const open = [];
exports.step = () => {
  const it = map.entries();
  it.next();
  open.push(it);
};
exports.truth = { holder: /open/, type: /^(Map ?Iterator)$/ };
