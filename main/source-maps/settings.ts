// What `--source-maps` names: folders of maps that no script names, and whether a page may be asked to fetch its own.

let folders: readonly string[] = [];
let fromPage = false;

export const mapFolders = (): readonly string[] => folders;

/** Whether the user asked that an attached page fetches its maps, from its own origin. */
export const mapsFromPage = (): boolean => fromPage;

/** From now on, in this process. */
export function setMapFolders(chosen: readonly string[], page = false): void {
  folders = [...chosen];
  fromPage = page;
}
