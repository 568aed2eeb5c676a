/* Truth: onScheme|MediaQueryList */
// Every widget asks for the colour scheme, and listens for ever.
export function run() {
  const widget = document.createElement('aside');
  document.body.append(widget);
  const query = matchMedia('(prefers-color-scheme: dark)');
  query.addEventListener('change', function onScheme() {
    widget.title = 'dark';
  });
  (globalThis.queries ??= []).push(query);
  widget.remove();
}
