/* Truth: waiting|Promise */
// Requests that are never answered wait for ever.
const waiting = new Map();
let id = 0;
export function run() {
  const view = document.createElement('form');
  document.body.append(view);
  void new Promise((resolve) => void waiting.set(id++, resolve)).then(function showAnswer() {
    view.title = 'answered';
  });
  view.remove();
}
