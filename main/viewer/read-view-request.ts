// What a command asks the viewer for, one window on one file, as it crosses from process to process: JSON. Apart from
// view-request.ts, because a schema takes time to load that a command does not have.
import * as v from 'valibot';
import { engines } from '../../shared/engines.ts';
import { choice, flag, object, refusalOf, text, wholeNumber } from '../../shared/protocol/schema.ts';

const windowSize = object({ width: wholeNumber(1), height: wholeNumber(1) });
export type WindowSize = v.InferOutput<typeof windowSize>;

const viewRequest = object({
  /** Absolute; null opens an empty window. */
  path: v.nullable(text()),
  title: text(),
  /** Heap snapshots to show in the same window, the oldest first; absolute paths. */
  snapshots: v.array(text(), '% is a list'),
  /** Folders and files of source maps that no script names; absolute paths. */
  mapFolders: v.optional(v.array(text(), '% is a list')),
  engine: choice(engines),
  /** The file has its positions already (xdot's -n). */
  positioned: flag,
  /** The file was written for this window: its folder is removed when the window closes. */
  temporary: flag,
  /** A command waits for the window to close, and takes the window with it when it is stopped. */
  attended: flag,
  toolbar: flag,
  /** The command of the editor for source files; null leaves the choice to the viewer's environment. */
  editor: v.nullable(text()),
  /** A target to attach to, as `target.attach` takes it; null asks which one. Absent in a window of a file. */
  attach: v.optional(v.nullable(text())),
  /** The window shows by itself how a leak is found: two snapshots of what it is attached to, and hints. */
  tour: v.optional(flag),
  /** In pixels; null leaves the size to the viewer. */
  size: v.nullable(windowSize),
});
export type ViewRequest = v.InferOutput<typeof viewRequest>;

/**
 * Reads a request that came from another process.
 * @throws TypeError that names what is wrong
 */
export function readViewRequest(value: unknown): ViewRequest {
  const { success, output, issues } = v.safeParse(viewRequest, value, { abortEarly: true });
  if (!success) throw new TypeError(`Not a view request: ${refusalOf(issues[0])}`);
  return output;
}
