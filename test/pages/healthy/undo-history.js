// Undo of eight steps.
const steps = [];
let text = '';
export function run() {
  text = `${text.slice(-20)}x`;
  steps.push({ text, at: performance.now() });
  if (steps.length > 8) steps.shift();
}
