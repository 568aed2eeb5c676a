// The viewer's own process, started by a command when none is running yet: see viewer/chromium-host.ts.
import { setFlagsFromString } from 'node:v8';
import type { ViewerHost } from '../shared/viewer-host.ts';
import { runViewer } from './viewer/chromium-host.ts';

// Graphviz's first layout would keep two threads busy with making fast code of its WebAssembly, while the browser comes up and
// wants them: what is fast as it is stays so. By and by V8 optimizes it all the same.
setFlagsFromString('--wasm-tiering-budget=100000000');

await runViewer(JSON.parse(process.argv[2]) as ViewerHost);
process.exit();
