/* Truth: onAbort|abort */
// Every request listens to a signal that lives as long as the page.
const { signal } = new AbortController();
globalThis.pageSignal = signal;
export function run() {
  const request = { rows: new Array(50).fill({}) };
  signal.addEventListener('abort', function onAbort() {
    request.rows.length = 0;
  });
}
