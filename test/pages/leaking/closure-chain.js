/* Truth: handler|next */
// Each plug-in wraps the handler before it.
let handler = () => 0;
export function run() {
  const before = handler;
  handler = function next() {
    return before() + 1;
  };
}
globalThis.call = () => handler();
