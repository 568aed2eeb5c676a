// A table of ten slots, filled at random, a memo by element, weak references and a copied state that forgets.
const slots = {};
const memo = new WeakMap();
const seen = [];
let state = { recent: [] };
export function run() {
  const box = document.createElement('p');
  document.body.append(box);
  memo.set(box, { size: 5, box });
  slots[`slot${Math.floor(Math.random() * 10)}`] = { at: performance.now(), text: String(Math.random()) };
  if (seen.length < 4) seen.push(new WeakRef(box));
  else seen[seen.length % 4] = new WeakRef(box);
  state = { ...state, recent: [...state.recent, { text: `x${Math.random()}` }].slice(-3) };
  box.remove();
}
globalThis.peek = () => [slots, state, seen];
