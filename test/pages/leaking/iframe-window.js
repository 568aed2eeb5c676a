/* Truth: \bframes\b */
// The window of a removed iframe is kept.
const frames = [];
export function run() {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  frames.push(frame.contentWindow);
  frame.remove();
}
