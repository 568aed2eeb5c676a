/* Truth: undo|Step */
// An undo history as a list, each step with the one before.
class Step {
  constructor(previous, text) {
    this.previous = previous;
    this.text = text;
  }
}
let undo = null;
export function run() {
  undo = new Step(undo, `typed ${Math.random()}`);
}
globalThis.depth = () => {
  let n = 0;
  for (let s = undo; s; s = s.previous) n++;
  return n;
};
