/* Truth: leaving|li\.row */
// Removed rows are kept for an animation that never ends.
const leaving = [];
export function run() {
  const row = document.createElement('li');
  row.className = 'row';
  row.innerHTML = '<span>text</span>';
  document.body.append(row);
  leaving.push(row);
  row.remove();
}
