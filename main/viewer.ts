// The viewer's own process, started by a command when none is running yet: see viewer/chromium-host.ts.
import type { ViewerHost } from '../shared/viewer-host.ts';
import { runViewer } from './viewer/chromium-host.ts';

await runViewer(JSON.parse(process.argv[2]) as ViewerHost);
process.exit();
