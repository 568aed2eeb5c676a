/* Truth: Draft */
// Only every second run leaves a draft.
class Draft {
  text = 'draft';
}
const drafts = [];
let runs = 0;
export function run() {
  if (runs++ % 2 === 0) drafts.push(new Draft());
}
