/* Truth: handlers|onMessage */
// A view subscribes to a bus and never unsubscribes.
class Bus {
  handlers = new Set();
  on(handler) {
    this.handlers.add(handler);
  }
}
const bus = new Bus();
export function run() {
  const view = document.createElement('article');
  document.body.append(view);
  bus.on(function onMessage() {
    view.textContent = 'new';
  });
  view.remove();
}
