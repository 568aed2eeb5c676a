/** A file as its reader would name it: without `file://`, relative to the folder; an empty folder has nothing in it. */
export function shortPath(script: string, folder: string): string {
  const path = script.startsWith('file://') ? decoded(script.slice('file://'.length)) : script;
  const start = folder.replace(/\/?$/, '/');
  const isInside = folder !== '' && path.startsWith(start);
  // The folder itself is a file where it is a web site's address.
  return (isInside && path.slice(start.length)) || path;
}

/** A name that is no encoded one, which a script may give itself, stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
