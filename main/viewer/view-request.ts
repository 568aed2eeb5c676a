// What a command asks the viewer for: one window on one file. It crosses from process to process as JSON.
import { engines, type Engine } from '../../shared/protocol.ts';

export interface ViewRequest {
  /** Absolute; null opens an empty window. */
  path: string | null;
  title: string;
  /** Heap snapshots to show in the same window, the oldest first; absolute paths. */
  snapshots: string[];
  engine: Engine;
  /** The file has its positions already (xdot's -n). */
  positioned: boolean;
  /** The file was written for this window: its folder is removed when the window closes. */
  temporary: boolean;
  /** A command waits for the window to close, and takes the window with it when it is stopped. */
  attended: boolean;
  toolbar: boolean;
  /** The command of the editor for source files; null leaves the choice to the viewer's environment. */
  editor: string | null;
  /** A target to attach to, as `target.attach` takes it; null asks which one. Absent in a window of a file. */
  attach?: string | null;
  /** The window shows by itself how a leak is found: two snapshots of what it is attached to, and hints. */
  tour?: boolean;
  /** In pixels; null where nobody asked for one. */
  size: WindowSize | null;
}

export interface WindowSize {
  width: number;
  height: number;
}

/** What a window's address tells its page. */
export function pageQuery({ toolbar, attach, tour }: ViewRequest): string {
  const words = [toolbar ? '' : 'hide-toolbar', attach === null ? 'attach' : '', tour ? 'tour' : ''].filter(
    Boolean,
  );
  return words.length > 0 ? `?${words.join('&')}` : '';
}

/** Tells the desktop app that a command started it, and will say through the door what to show. */
export const forCommands = '--for-commands';

export const defaultSize: WindowSize = { width: 1000, height: 720 };

/**
 * Reads a request that came from another process.
 * @throws TypeError that names what is wrong
 */
export function readViewRequest(value: unknown): ViewRequest {
  if (typeof value !== 'object' || value === null) throw new TypeError('a view request is an object');
  const request = value as Record<keyof ViewRequest, unknown>;
  const check = (name: keyof ViewRequest, type: 'string' | 'boolean' | 'number') => {
    if (typeof request[name] !== type) throw new TypeError(`a view request's ${name} is a ${type}`);
  };
  if (request.path !== null) check('path', 'string');
  for (const name of ['title', 'engine'] as const) check(name, 'string');
  for (const name of ['positioned', 'temporary', 'attended', 'toolbar'] as const) check(name, 'boolean');
  if (request.size !== null) checkSize(request.size);
  if (request.editor !== null) check('editor', 'string');
  if (!Array.isArray(request.snapshots) || request.snapshots.some((path) => typeof path !== 'string'))
    throw new TypeError("a view request's snapshots are a list of strings");
  if (request.attach !== undefined && request.attach !== null) check('attach', 'string');
  if (request.tour !== undefined) check('tour', 'boolean');
  if (!engines.includes(request.engine as Engine))
    throw new TypeError('a view request names an unknown engine');
  return value as ViewRequest;
}

function checkSize(size: unknown): void {
  const { width, height } = (size ?? {}) as Record<keyof WindowSize, unknown>;
  if (!Number.isInteger(width) || !Number.isInteger(height))
    throw new TypeError("a view request's size has a width and a height in pixels");
}

/** Without a file: one can be opened in it, or dropped into it. */
export const emptyWindow: ViewRequest = {
  path: null,
  title: 'objgraph',
  snapshots: [],
  engine: 'dot',
  positioned: false,
  temporary: false,
  attended: false,
  toolbar: true,
  editor: null,
  size: null,
};
