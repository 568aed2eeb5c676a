// The viewer's own process, started by a command or by the library when none is running yet: see viewer/chromium-host.ts.
// Arguments: the host; the library's picture, which is then its first window, or nothing; and the browser that a command has started.
import { setFlagsFromString } from 'node:v8';
import type { ViewerHost } from '../shared/viewer-host.ts';
import { browserOf } from './viewer/browser-of.ts';
import type { HandedBrowser } from './viewer/chromium-process.ts';
import type { ViewRequest } from './viewer/view-request.ts';

const [, , hostText, pictureText = '', browserText] = process.argv as (string | undefined)[];
const host = JSON.parse(hostText!) as ViewerHost;
const handed = browserText === undefined ? null : (JSON.parse(browserText) as HandedBrowser);

// The browser takes longest to come up: it is started before most of our code is even loaded.
const browser = browserOf(host, handed);
browser.prepare();

// Graphviz's first layout would keep two threads busy with making fast code of its WebAssembly, while the browser comes up and
// wants them: what is fast as it is stays so. By and by V8 optimizes it all the same.
setFlagsFromString('--wasm-tiering-budget=100000000');

const [{ runViewer }, { readPictureRequest }, { pictureWindow }, { removeTemporary }] = await Promise.all([
  import('./viewer/chromium-host.ts'),
  import('../shared/viewer-host/picture-request.ts'),
  import('./viewer/view-request.ts'),
  import('./documents/temporary.ts'),
]);

let picture: ViewRequest | null = null;
try {
  if (pictureText !== '') picture = pictureWindow(readPictureRequest(pictureText));
  const isOurs = await runViewer(host, browser, picture);
  // Another viewer was there before.
  if (!isOurs && picture) await (await import('./viewer/launch.ts')).view(picture, host);
} catch (error) {
  if (picture?.path) removeTemporary(picture.path);
  await browser.close();
  throw error;
}
process.exit();
