// From DOT text to what the caller wanted: a file, a picture, a stream, or a window. The picture is drawn by a process of
// its own (`dist/cli.js`), because Graphviz loads asynchronously, and so that the heap under question stays as it is.
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, extname, join, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WrittenPicture } from '../dot/write-picture.ts';
import { process } from './node-modules.ts';
import type { Picture } from '../picture/picture.ts';
import { ownNode, runProgramSync, startProgram } from '../programs.ts';
import { desktopHint, findViewerHost, type ViewerHost } from '../viewer-host.ts';
import {
  editorOfEnvironment,
  isViewerFound,
  requestPicture,
  type PictureRequest,
} from '../viewer-host/picture-request.ts';
import { protocolFile, readAppProtocol } from '../viewer-host/protocol.ts';
import { describeValue } from './arguments.ts';
import { removeBeside, writeSnapshotBeside } from './snapshot-beside.ts';
import type { Snapshot } from './snapshot.ts';
import { print, type Output } from './tables.ts';
import { temporaryFolder, whyNotWritable } from './temporary-folder.ts';
import { workingFolder } from './working-folder.ts';

/** Where a picture goes. */
export interface Destination {
  /** A `.dot` file, or a picture: `.svg` and `.png` always work, other endings need Graphviz's `dot` on this machine. */
  filename?: string;
  /** Takes the DOT text; nothing is printed. */
  output?: Output;
}

const cli = join(dirname(fileURLToPath(import.meta.url)), 'cli.js');
const alwaysDrawn = '.dot, .svg and .png';

/** Throws for a destination that cannot work, before any time is spent on the heap. */
export function checkDestination(name: string, { filename, output }: Destination): void {
  if (output !== undefined && filename !== undefined)
    throw new TypeError('Cannot specify both output and filename.');
  if (output !== undefined && typeof output?.write !== 'function')
    throw new TypeError(`${name}: output needs a method write(text): pass a stream, or leave it out`);
  if (filename === undefined) return;
  if (typeof filename !== 'string' || filename === '')
    throw new TypeError(
      `${name}: filename is the name of a file, such as 'graph.svg': not ${describeValue(filename)}`,
    );
  const folder = dirname(resolve(filename));
  if (!existsSync(folder))
    throw new Error(
      `Cannot write ${filename}: the folder ${folder} does not exist. Create it, or name another one.`,
    );
  if (!statSync(folder).isDirectory())
    throw new Error(`Cannot write ${filename}: ${folder} is not a folder.`);
  if (extname(filename) === '')
    throw new Error(`Cannot tell the format of ${filename}: end it in ${alwaysDrawn}, which always work.`);
}

/** A picture, and what it is of, when it can grow: the viewer gets that with it. */
export interface Drawn {
  written: WrittenPicture;
  snapshot: Snapshot | null;
}

/** Whether a picture is shown in a window, and not written to a file. */
export const goesToViewer = ({ filename, output }: Destination): boolean =>
  filename === undefined && output === undefined;

/** Writes the graph to where it was wanted, and prints objgraph's lines about it. */
export function present(
  { written: { dot, picture }, snapshot }: Drawn,
  { filename, output }: Destination,
): void {
  if (output) {
    output.write(dot);
    return;
  }
  const isDot = filename !== undefined && /\.(dot|gv)$/i.test(filename);
  const folder = isDot ? dirname(resolve(filename)) : temporaryFolder();
  if (!isAllowed('fs.write', folder))
    throw new Error(
      `Nothing was written: this process may not write to ${folder} (allow it with --allow-fs-write=${folder}/*)`,
    );
  const size = sizeInNodes(picture);
  if (isDot) {
    writeFileSync(filename, dot);
    print(undefined, `Graph written to ${filename} (${size})`);
    return;
  }
  const dotFile = writeTemporary(dot);
  if (filename !== undefined) draw(dotFile, filename, size);
  else openViewer(dotFile, picture, snapshot, size);
}

/**
 * Shows a picture in the viewer at once, and what only the whole heap knows when that is there: sizes, and what the picture needs to
 * grow. The window paints the first while this call goes on.
 *
 * @param drawWhole draws the same picture of V8's snapshot
 */
export function presentQuickly(quick: WrittenPicture, drawWhole: (sizes: 'now' | 'arrived') => Drawn): void {
  const host = findViewerHost();
  const folder = temporaryFolder();
  if (host.kind === 'none' || !isAllowed('child') || !isAllowed('fs.write', folder))
    return present(drawWhole('now'), {});
  const dotFile = writeTemporary(quick.dot);
  print(undefined, `Graph written to ${dotFile} (${sizeInNodes(quick.picture)})`);
  if (startWindow(host, dotFile)) leaveTimeToPaint();
  // Its user may have closed the window already.
  if (!existsSync(dotFile)) return;
  const { written, snapshot } = drawWhole('arrived');
  if (existsSync(dotFile) && snapshot && writeSnapshotBeside(dotFile, written.picture, snapshot.analysis))
    overwrite(dotFile, written.dot);
  if (!existsSync(dotFile)) removeBeside(dotFile);
}

/** Milliseconds in which a running viewer shows a small picture. */
const paintTime = 200;

/** V8 takes its snapshot with one core, and a viewer that lays out and paints uses two. */
function leaveTimeToPaint(): void {
  if (availableParallelism() > 3) return;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, paintTime);
  } catch {
    // A thread that may not wait, such as a page of Electron.
  }
}

/** Writes a file that the viewer may be reading, or remove at any moment: it is not made anew. */
function overwrite(file: string, text: string): void {
  try {
    const descriptor = openSync(file, 'r+');
    try {
      ftruncateSync(descriptor, writeSync(descriptor, text, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // It was removed, or the disk is full: then the picture stays as it is.
  }
}

/** What a window counts; Python's objgraph counts objects alone. */
function sizeInNodes({ style, boxes }: Picture): string {
  const { length } = style === 'cards' ? boxes : boxes.filter(({ kind }) => kind !== 'rest');
  return `${length} node${length === 1 ? '' : 's'}`;
}

/** A folder of its own with the graph in it; nothing stays behind when it cannot be written. */
function writeTemporary(dot: string): string {
  const parent = temporaryFolder();
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(parent, 'objgraph-'));
    const file = join(folder, 'graph.dot');
    writeFileSync(file, dot, { mode: 0o600 });
    return file;
  } catch (error) {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    throw new Error(
      `The graph could not be written to the temporary folder ${parent}: ${whyNotWritable(error)}. Set TMPDIR to another folder, or give a filename that ends in .dot.`,
      { cause: error },
    );
  }
}

function removeTemporary(dotFile: string): void {
  rmSync(dotFile, { force: true });
  try {
    rmdirSync(dirname(dotFile));
  } catch {
    // The picture is in it.
  }
}

/** Draws a temporary graph, which is removed then; one that cannot be drawn stays, for its user. */
function draw(dotFile: string, filename: string, size: string): void {
  const args = [cli, 'render', dotFile, '-T', extname(filename).slice(1).toLowerCase(), '-o', filename];
  checkProcesses(filename, dotFile);
  const { error, status, stderr } = runProgramSync(ownNode(), args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    // Node does not start in a folder that was removed.
    ...(workingFolder() === '' && { cwd: dirname(cli) }),
    // The caller's flags (an inspector's port, a loader, --require) are not the drawing's.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (error) throw new Error(`${filename} was not drawn: ${error.message}. The graph is in ${dotFile}.`);
  if (status !== 0) {
    const reason = stderr
      .trim()
      .replace(/^objgraph: /, '')
      .replace(/\.$/, '');
    throw new Error(
      `${filename} was not drawn: ${reason}. The graph is in ${dotFile}; ${alwaysDrawn} always work.`,
    );
  }
  removeTemporary(dotFile);
  print(undefined, `Image generated as ${filename} (${size})`);
}

/** Throws where the process may not start another one (`--permission`). */
function checkProcesses(what: string, dotFile: string): void {
  if (isAllowed('child')) return;
  throw new Error(
    `${what} was not drawn: this process may not start another one (allow it with --allow-child-process). The graph is in ${dotFile}.`,
  );
}

function isAllowed(scope: string, place?: string): boolean {
  const { permission } = process as { permission?: { has(scope: string, place?: string): boolean } };
  return permission === undefined || permission.has(scope, place);
}

function openViewer(dotFile: string, picture: Picture, snapshot: Snapshot | null, size: string): void {
  const host = findViewerHost();
  if (host.kind === 'none') {
    const picture = dotFile.replace(/\.dot$/, '.png');
    print(undefined, `Generating a png, because ${host.reason}`);
    draw(dotFile, picture, size);
    return;
  }
  print(undefined, `Graph written to ${dotFile} (${size})`);
  checkProcesses('The picture', dotFile);
  if (snapshot && !writeSnapshotBeside(dotFile, picture, snapshot.analysis))
    print(undefined, 'The picture will not grow: there is no room for its snapshot beside it');
  startWindow(host, dotFile);
}

/** @returns whether a viewer that runs already shows it */
function startWindow(host: ViewerHost, dotFile: string): boolean {
  if (host.note !== undefined) print(undefined, host.note);
  print(undefined, `Spawning graph viewer (${host.name})`);
  if (host.kind !== 'app' && host.kind !== 'electron') hintOnce();
  const request: PictureRequest = { path: dotFile, editor: editorOfEnvironment() };
  const version = ownVersion();
  if (version !== null && requestPicture(host.kind, version, request)) return true;
  startViewer(host, request, version);
  return false;
}

/** Null when this file was moved away from the others of its package. */
function ownVersion(): string | null {
  try {
    return readAppProtocol(readFileSync(join(dirname(cli), protocolFile), 'utf8'))?.version ?? null;
  } catch {
    return null;
  }
}

/**
 * Starts the viewer's process. Where one may be running, and for the desktop app, that is a command's work: it connects to what runs,
 * and knows what to do when the app does not start. Detached and silent: what is started neither keeps this process alive nor ends
 * with it, nor keeps its working folder.
 */
function startViewer(host: ViewerHost, request: PictureRequest, version: string | null): void {
  const isFirst =
    (host.kind === 'chromium' || host.kind === 'browser') &&
    version !== null &&
    !isViewerFound(host.kind, version);
  const args = isFirst
    ? [join(dirname(cli), 'viewer.js'), JSON.stringify(host), JSON.stringify(request)]
    : [cli, 'view', '--temporary', request.path];
  const viewer = startProgram(ownNode(), args, {
    detached: true,
    stdio: 'ignore',
    cwd: parse(cli).root,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  viewer.on('error', (error) => print(process.stderr, `The viewer did not start: ${error.message}`));
  viewer.unref();
}

const hint = { given: false };

function hintOnce(): void {
  if (hint.given) return;
  hint.given = true;
  print(undefined, desktopHint);
}
