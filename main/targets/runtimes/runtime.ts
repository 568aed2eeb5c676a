// What differs between the programs whose heaps can be had: one record each, in a file of its own. See index.ts for the list.

export interface Runtime {
  /** As tables and JSON name it. */
  readonly name: string;
  /** The name of its program, without `.exe`. */
  readonly program: RegExp;
  /** A file beside the program, by which an application is known that was made of it and named otherwise. */
  readonly besideProgram?: string;
  /** The arguments among which the script is; null when they name none. */
  scriptArgs(args: readonly string[]): readonly string[] | null;
  /** What runs, where it is no script: `python -m http.server`. */
  title?(args: readonly string[]): string | null;
  /** How the file of its program states the version; absent where it does not. */
  readonly versionMark?: VersionMark;
  /** The type of the program itself in the list of its inspector; absent where the list has only pages. */
  readonly sessionType?: string;
  /** It opens its inspector on a signal, and is addressed by its process id. */
  readonly opensOnSignal: boolean;
  /** Its pages are what can be attached to; its own process runs no script. */
  readonly isBrowser: boolean;
  /** Its inspector leads to its worker threads. */
  readonly hasWorkers: boolean;
  /** The option to start it with when its inspector is closed; absent where a signal opens it. */
  readonly inspectorOption?: string;
  /**
   * Statements that run in a target, and return its description when it is of this runtime: `{ runtime, version, pid, script,
   * folder }`. `text(value)` and `folderOf(process)` are there. Absent where there is no inspector.
   */
  readonly description?: string;
}

/** A version number in the file of a program. */
export interface VersionMark {
  /** The text right before it. */
  readonly text: string;
  /** What the program exports: without it, the text is only data of another program. */
  readonly symbol?: string;
  /** The version may be in a library with this name, which the program loads. */
  readonly library?: RegExp;
}

/** The arguments behind the program's name. */
export const afterProgram = (args: readonly string[]) => args.slice(1);

/** Where `process` is Node's. */
export const describedByProcess = (name: string, version: string) => `
  if (typeof process === 'object' && process?.versions?.${version}) {
    const { versions, pid, argv } = process;
    return { runtime: '${name}', version: versions.${version}, pid, script: text(argv[1]), folder: folderOf(process) };
  }`;

/** Where there is a page, or a worker of one. */
export const describedByUserAgent = (name: string, product: string) => `
  if (typeof navigator === 'object') {
    const [, version] = /${product}\\/([\\d.]+)/.exec(navigator.userAgent) ?? [];
    if (version) return { runtime: '${name}', version, script: globalThis.document?.title || location.href };
  }`;
