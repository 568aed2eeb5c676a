/* Truth: style */
// Every theme switch adds a style sheet.
export function run() {
  const style = document.createElement('style');
  style.textContent = ':root { --accent: red }';
  document.head.append(style);
}
