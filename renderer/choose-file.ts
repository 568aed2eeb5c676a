// The browser's own dialog for a file, where the host has none.

/** Never settles when the user closes the dialog without choosing: browsers do not tell. */
export function chooseFile(accept: string): Promise<File> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => input.files?.[0] && resolve(input.files[0]));
    input.click();
  });
}
