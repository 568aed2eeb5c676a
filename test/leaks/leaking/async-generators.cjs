// consumers that stop reading: an async generator waits for ever for what ends it
class Row {
  constructor(i) {
    this.id = i;
    this.cells = ['a' + i, 'b' + i];
  }
}
const closed = new Promise(() => {});
async function* rows(i) {
  const row = new Row(i);
  yield row.id;
  await closed;
  yield row;
}
exports.step = async (i) => {
  const all = rows(i);
  await all.next();
  void all.next();
};

exports.truth = { holder: /closed/, type: /^(Row)$/ };
