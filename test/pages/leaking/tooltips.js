/* Truth: tooltip */
// A tooltip is hidden, and stays in the document.
export function run() {
  const tooltip = document.createElement('div');
  tooltip.className = 'tooltip';
  tooltip.innerHTML = '<b>Tip</b>';
  document.body.append(tooltip);
  tooltip.hidden = true;
}
