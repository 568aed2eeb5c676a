// Work that nothing waits for: its failure is reported, and never ends the process.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startInBackground } from '../../main/background.ts';

const module = resolve(import.meta.dirname, '../../main/background.ts');

/** Runs a program in a process of its own; its text is a module beside our source. */
async function run(program: string) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as background from ${JSON.stringify(module)};\n${program}`,
      resolveDir: '/',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  return spawnSync(process.execPath, ['--input-type=module', '-e', outputFiles[0].text], {
    encoding: 'utf8',
  });
}

describe('work in the background', () => {
  it('reports its failure where its caller wants it', async () => {
    const report = vi.fn();
    startInBackground(Promise.reject(new Error('The disk is full')), report);
    await vi.waitFor(() => expect(report).toHaveBeenCalledExactlyOnceWith('The disk is full'));
  });

  it('reports nothing when it succeeds', async () => {
    const report = vi.fn();
    startInBackground(Promise.resolve(1), report);
    await Promise.resolve();
    expect(report).not.toHaveBeenCalled();
  });

  it('writes its failure to standard error where nothing else shows it, and the process goes on', async () => {
    const { stdout, stderr, status } = await run(`
      background.startInBackground(Promise.reject(new Error('The disk is full')));
      setTimeout(() => console.log('still here'), 50);`);
    expect({ stdout, status }).toEqual({ stdout: 'still here\n', status: 0 });
    expect(stderr).toBe('objgraph: The disk is full\n');
  });
});
