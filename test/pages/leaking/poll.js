/* Truth: poll|timer */
// Each opening starts a poll that calls itself again for ever.
export function run() {
  const status = document.createElement('output');
  document.body.append(status);
  const state = { count: 0, history: new Array(50).fill('idle') };
  function poll() {
    status.textContent = String(state.count++);
    setTimeout(poll, 40);
  }
  poll();
  status.remove();
}
