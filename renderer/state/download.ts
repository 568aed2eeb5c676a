// Saves a file where the host has no dialog for it: as the browser's downloads do.

export function download(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  // The download has begun by then; before, it would find nothing.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
