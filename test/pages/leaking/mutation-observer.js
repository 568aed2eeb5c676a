/* Truth: MutationObserver|onChange */
// An observer of the document for each editor.
export function run() {
  const editor = document.createElement('textarea');
  document.body.append(editor);
  new MutationObserver(function onChange() {
    editor.value = '';
  }).observe(document, { childList: true, subtree: true });
  editor.remove();
}
