// `objgraph view` and `xdot`: each file in a window; where there is no screen, each in a png beside it.
import { basename, resolve } from 'node:path';
import type { Engine } from '../../shared/protocol.ts';
import { isProfileName } from '../../shared/file-formats.ts';
import { editorOfEnvironment } from '../../shared/viewer-host/picture-request.ts';
import { desktopHint } from '../../shared/viewer-host.ts';
import { isHeapSnapshot } from '../documents/file-kind.ts';
import { checkReadable, readStandardInput } from '../documents/read-file.ts';
import { removeTemporary, writeTemporary } from '../documents/temporary.ts';
import { NoScreenError, view } from '../viewer/launch.ts';
import { emptyWindow, type ViewRequest, type WindowSize } from '../viewer/view-request.ts';
import { mapFolders } from '../source-maps/settings.ts';
import { notify, print } from '../terminal.ts';
import { flag, readArguments, text } from './arguments.ts';
import type { Command } from './command.ts';
import { readEngine, readGeometry } from './options.ts';

export const viewCommand: Command = {
  help: `Usage: objgraph view [FILE|- …] [-K ENGINE] [-n] [-g WIDTHxHEIGHT] [--hide-toolbar] [--editor CMD]

Shows DOT files in windows; - reads standard input. Heap snapshots (.heapsnapshot, .heaptimeline, gzipped or not) and
allocation profiles (.heapprofile) are shown together in one window.

  -K, --engine ENGINE             dot (default), neato, fdp, sfdp, twopi, circo, osage, patchwork
  -n, --no-filter                 the file has its positions already: no layout
  -g, --geometry WIDTHxHEIGHT     size of the window
      --hide-toolbar              no toolbar
      --editor CMD                opens links to source files (file.js:12): code, subl, 'xterm -e vim +{line} {file}'

OBJGRAPH_VIEWER=app|electron|chromium|browser|none or the path of a program chooses what shows the window;
OBJGRAPH_EDITOR or VISUAL chooses the editor without --editor.
`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      engine: { ...text, short: 'K' },
      'no-filter': { ...flag, short: 'n' },
      geometry: { ...text, short: 'g' },
      'hide-toolbar': flag,
      editor: text,
      // For the library, which writes the file for this one window.
      temporary: flag,
    });
    await viewFiles('objgraph', positionals, {
      engine: values.engine === undefined ? undefined : readEngine(values.engine),
      positioned: values['no-filter'],
      size: values.geometry === undefined ? undefined : readGeometry(values.geometry),
      toolbar: !values['hide-toolbar'],
      editor: values.editor,
      temporary: values.temporary,
    });
  },
};

export interface ViewOptions {
  engine?: Engine;
  /** The files have their positions already. */
  positioned?: boolean;
  size?: WindowSize | null;
  toolbar?: boolean;
  /** The command of the editor for source files. */
  editor?: string | null;
  /** The library wrote the file for this window: the viewer removes it. */
  temporary?: boolean;
}

/** @throws DocumentError for a file that cannot be read; ViewerError for a window that cannot be opened */
export async function viewFiles(
  program: string,
  files: readonly string[],
  options: ViewOptions,
): Promise<void> {
  const isSnapshot = await Promise.all(
    files.map(async (file) => file !== '-' && (isProfileName(file) || (await isHeapSnapshot(file)))),
  );
  const snapshots = files.filter((_, i) => isSnapshot[i]);
  const graphs = files.filter((_, i) => !isSnapshot[i]);
  // Without a file there is an empty window, into which one can be dropped.
  const wanted = files.length === 0 ? [null] : graphs;
  const requests = await Promise.all(wanted.map((file) => requestFor(file, options)));
  if (snapshots.length > 0) requests.push(await requestForHeap(snapshots, options));
  await Promise.all(requests.map((request) => viewOrDraw(program, request)));
}

function common(options: ViewOptions) {
  const { engine = 'dot', positioned = false, size = null, toolbar = true, temporary } = options;
  // A viewer that runs already has the environment of another command.
  const editor = options.editor ?? editorOfEnvironment();
  return {
    engine,
    positioned,
    toolbar,
    editor,
    attended: !temporary,
    snapshots: [],
    size,
    mapFolders: [...mapFolders()],
  };
}

/** All snapshots are shown in one window: the first questions are what came and what stayed between them. */
async function requestForHeap(snapshots: readonly string[], options: ViewOptions): Promise<ViewRequest> {
  for (const file of snapshots) await checkReadable(file);
  const title = snapshots.map((file) => basename(file)).join(', ');
  const paths = snapshots.map((file) => resolve(file));
  return { ...common(options), path: null, title, snapshots: paths, temporary: false };
}

async function requestFor(file: string | null, options: ViewOptions): Promise<ViewRequest> {
  const { temporary = false } = options;
  if (file === null) return { ...emptyWindow, ...common(options) };
  if (file === '-') {
    const path = writeTemporary('stdin.dot', await readStandardInput());
    return { ...common(options), path, title: 'standard input', temporary: true };
  }
  // A missing file is reported here, where the user typed its name. The window reports what is wrong inside of it.
  await checkReadable(file);
  return { ...common(options), path: resolve(file), title: basename(file), temporary };
}

async function viewOrDraw(program: string, request: ViewRequest): Promise<void> {
  let isShown = true;
  try {
    await view(request);
  } catch (error) {
    isShown = false;
    if (!(error instanceof NoScreenError)) throw error;
    if (request.snapshots.length > 0)
      throw new NoScreenError(
        request.snapshots.every(isProfileName)
          ? `${error.message}; ask the profile itself: objgraph allocations FILE`
          : `${error.message}; ask the snapshot itself: objgraph suspects, types, chain …`,
      );
    if (request.path === null) throw error;
    const { drawBeside } = await import('./draw-beside.ts');
    const picture = await drawBeside({ ...request, path: request.path });
    print(picture);
    notify(`${program}: ${error.message}, so the picture was written to a file. ${desktopHint}`);
  } finally {
    // The viewer has done so already, unless there was none; a window without a waiting command may still need it.
    if ((request.attended || !isShown) && request.temporary && request.path !== null)
      removeTemporary(request.path);
  }
}
