// A router that keeps the last three views alive.
class View {
  constructor(path) {
    this.element = document.createElement('main');
    this.element.innerHTML = `<h1>${path}</h1><p>text</p>`;
    this.onResize = () => (this.element.title = path);
    window.addEventListener('resize', this.onResize);
  }
  destroy() {
    window.removeEventListener('resize', this.onResize);
  }
}
const views = new Map();
let visits = 0;
function visit(path) {
  const view = views.get(path) ?? new View(path);
  views.delete(path);
  views.set(path, view);
  document.body.append(view.element);
  if (views.size > 3) {
    const [oldest, gone] = views.entries().next().value;
    views.delete(oldest);
    gone.destroy();
    gone.element.remove();
  }
  view.element.remove();
}
export function run() {
  visit(`/items/${visits++}`);
  visit('/');
}
