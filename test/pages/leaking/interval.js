/* Truth: Panel */
// A panel polls, and nobody stops it.
class Panel {
  constructor() {
    this.rows = [1, 2, 3];
    setInterval(() => poll(this), 1e7);
  }
}
function poll(panel) {
  panel.rows.push(1);
}
export const run = () => void new Panel();
