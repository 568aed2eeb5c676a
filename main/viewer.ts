// The viewer's own process, started by a command or by the library when none is running yet: see viewer/chromium-host.ts.
// Arguments: the host, and the library's picture, which is then its first window.
import { setFlagsFromString } from 'node:v8';
import type { ViewerHost } from '../shared/viewer-host.ts';
import { readPictureRequest } from '../shared/viewer-host/picture-request.ts';
import { removeTemporary } from './documents/temporary.ts';
import { runViewer } from './viewer/chromium-host.ts';
import { pictureWindow } from './viewer/view-request.ts';

// Graphviz's first layout would keep two threads busy with making fast code of its WebAssembly, while the browser comes up and
// wants them: what is fast as it is stays so. By and by V8 optimizes it all the same.
setFlagsFromString('--wasm-tiering-budget=100000000');

const [, , hostText, pictureText] = process.argv;
const host = JSON.parse(hostText) as ViewerHost;
const picture = pictureText === undefined ? null : pictureWindow(readPictureRequest(pictureText));

try {
  const isOurs = await runViewer(host, picture);
  // Another viewer was there before.
  if (!isOurs && picture) await (await import('./viewer/launch.ts')).view(picture, host);
} catch (error) {
  if (picture?.path) removeTemporary(picture.path);
  throw error;
}
process.exit();
