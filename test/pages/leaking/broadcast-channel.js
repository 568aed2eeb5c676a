/* Truth: BroadcastChannel|onCart */
// A channel between tabs that is not closed.
export function run() {
  const box = document.createElement('section');
  box.className = 'cart';
  document.body.append(box);
  const channel = new BroadcastChannel('cart');
  channel.addEventListener('message', function onCart({ data }) {
    box.textContent = data;
  });
  box.remove();
}
