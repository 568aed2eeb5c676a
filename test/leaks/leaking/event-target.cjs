// listeners on an EventTarget, each a new function
const target = new EventTarget();
require('node:events').setMaxListeners(0, target);
class View {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  const view = new View(i);
  target.addEventListener('change', () => view.i);
};
exports.truth = { holder: /target/, type: /^(View|Listener)$/ };
