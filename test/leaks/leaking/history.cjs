// undo steps without a limit
class Step {
  constructor(i, before) {
    this.i = i;
    this.before = before;
  }
}
const editor = { state: { n: 0 }, undo: [] };
exports.step = (i) => {
  editor.undo.push(new Step(i, editor.state));
  editor.state = { n: i };
};
exports.truth = { holder: /undo/, type: /^(Step)$/ };
