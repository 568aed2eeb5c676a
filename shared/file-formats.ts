// The files that can be opened, by their names: what dialogs offer, what a drop takes, what messages list. What reads a graph is
// in main/documents/formats.ts.

export interface FileFormat {
  readonly name: string;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
}

/** What can be drawn. */
export const graphFormats = {
  dot: { name: 'DOT', extensions: ['.dot', '.gv', '.xdot'] },
} satisfies Record<string, FileFormat>;

/** Both may be compressed by gzip. */
const snapshotExtensions = ['.heapsnapshot', '.heaptimeline'];
const compressed = '.gz';

/** What V8's sampling profiler recorded. */
const profileExtensions = ['.heapprofile'];

/** As a dialog for files groups them; `.gz` alone means a compressed snapshot. */
export const openableFiles: readonly FileFormat[] = [
  { name: 'Graphs', extensions: Object.values(graphFormats).flatMap(({ extensions }) => extensions) },
  { name: 'Heap snapshots', extensions: [...snapshotExtensions, compressed] },
  { name: 'Allocation profiles', extensions: profileExtensions },
];

export const openableExtensions: readonly string[] = openableFiles.flatMap(({ extensions }) => extensions);

export function isSnapshotName(name: string): boolean {
  const plain = name.toLowerCase();
  const unpacked = plain.endsWith(compressed) ? plain.slice(0, -compressed.length) : plain;
  return snapshotExtensions.some((extension) => unpacked.endsWith(extension));
}

export const isProfileName = (name: string): boolean =>
  profileExtensions.some((extension) => name.toLowerCase().endsWith(extension));

/** `graph` of `graph.dot`: what an export of it is called by. */
export function withoutGraphExtension(name: string): string {
  const extension = openableFiles[0].extensions.find((each) => name.toLowerCase().endsWith(each));
  return extension === undefined ? name : name.slice(0, -extension.length);
}
