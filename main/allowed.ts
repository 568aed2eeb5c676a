// What a user has allowed pictures for good: links of a scheme, and images of a folder. Kept for all windows.
import { readState, writeState } from './state-file.ts';

export interface Allowed {
  /** Schemes of links that open without a question: `vscode`. */
  schemes: string[];
  /** Absolute folders whose images, and those of their own folders, may be shown in any picture. */
  imageFolders: string[];
}

const name = 'allowed';
const maxEntries = 200;

/** What is broken counts as not allowed. */
export function readAllowed(): Allowed {
  try {
    const { schemes, imageFolders } = Object(readState(name)) as Record<keyof Allowed, unknown>;
    return { schemes: textsIn(schemes), imageFolders: textsIn(imageFolders) };
  } catch {
    return { schemes: [], imageFolders: [] };
  }
}

/** @throws when the disk does not take it */
export function allow(kind: keyof Allowed, entry: string): void {
  const allowed = readAllowed();
  const entries = allowed[kind].filter((each) => each !== entry);
  writeState(name, { ...allowed, [kind]: [...entries, entry].slice(-maxEntries) });
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
