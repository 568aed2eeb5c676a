// Before any test: what tests run is built from the sources as they are. Most of it is there already.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stale } from '../build/scripts/parts.mjs';

const root = resolve(import.meta.dirname, '..');

export default function setup(project: TestProject): void {
  buildChanged();
  project.onTestsRerun(() => Promise.resolve(buildChanged()));
}

/** In a process of its own: here NODE_ENV says `test`, and Vite would build for development. */
function buildChanged(): void {
  if (stale().length === 0) return;
  const script = join(root, 'build/scripts/build.mjs');
  const { status } = spawnSync(process.execPath, [script, '--changed'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed: no test ran');
}
