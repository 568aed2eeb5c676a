// A dialog that removes its listener.
export function run() {
  const element = document.createElement('div');
  element.innerHTML = '<p>text</p>';
  document.body.append(element);
  const controller = new AbortController();
  window.addEventListener('resize', () => (element.hidden = true), { signal: controller.signal });
  controller.abort();
  element.remove();
}
