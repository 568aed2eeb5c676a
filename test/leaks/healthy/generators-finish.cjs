function* gen(i) {
  yield i;
  yield i + 1;
}
exports.step = (i) => [...gen(i)];
