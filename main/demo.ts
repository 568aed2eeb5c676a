// `objgraph demo`: runs the example program in a process of its own, as a user's program would run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findViewerHost } from '../shared/viewer-host.ts';
import { distFolder } from './package.ts';

/** @throws Error when the example fails */
export async function runDemo(): Promise<void> {
  const window = findViewerHost().kind === 'none' ? [] : ['--window'];
  const story = spawn(process.execPath, [join(distFolder, 'demo', 'story.mjs'), ...window], {
    stdio: 'inherit',
  });
  const [status] = (await once(story, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`the example program ended with status ${status}`);
}
