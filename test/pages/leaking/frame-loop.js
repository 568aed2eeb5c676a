/* Truth: draw|animation frame */
// Each opening starts a loop of animation frames that never ends.
export function run() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 20;
  document.body.append(canvas);
  const context = canvas.getContext('2d');
  let angle = 0;
  function draw() {
    context.clearRect(0, 0, 20, 20);
    context.fillRect(10 + 5 * Math.cos((angle += 0.1)), 10, 3, 3);
    requestAnimationFrame(draw);
  }
  draw();
  canvas.remove();
}
