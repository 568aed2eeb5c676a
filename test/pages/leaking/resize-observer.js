/* Truth: ResizeObserver|onSize */
// An observer of the body for each widget, never disconnected.
export function run() {
  const widget = document.createElement('section');
  document.body.append(widget);
  new ResizeObserver(function onSize() {
    widget.title = 'resized';
  }).observe(document.body);
  widget.remove();
}
