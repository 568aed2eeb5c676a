// Where to look for source maps that no script names: the folders of `--source-maps`.

let folders: readonly string[] = [];

export const mapFolders = (): readonly string[] => folders;

/** From now on, in this process. */
export function setMapFolders(chosen: readonly string[]): void {
  folders = [...chosen];
}
