/* Truth: canvas|layers */
// Drawing surfaces are kept for undo.
const layers = [];
export function run() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  canvas.getContext('2d').fillRect(0, 0, 8, 8);
  layers.push(canvas);
}
