import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findProgram, outputOf, ownNode, runProgramSync, startProgram } from '../../shared/programs.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'objgraph-programs-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function script(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return file;
}

describe.skipIf(process.platform === 'win32')('a program that another user can change', () => {
  it('is not started, however it was found', async () => {
    const mark = join(folder, 'mark');
    const path = script('ps', `touch ${mark}`);
    chmodSync(path, 0o777);
    const program = { name: 'ps', path } as const;
    const refusal = `${path} was not started, because it may be changed by everyone: see the permissions of ${path}`;
    expect(() => startProgram(program, [])).toThrow(refusal);
    expect(() => runProgramSync(program, [], { encoding: 'utf8' })).toThrow(refusal);
    await expect(outputOf(program, [])).rejects.toThrow(refusal);
    expect(() => startProgram({ name: 'node', path }, [])).toThrow(refusal);
    await expect(
      outputOf({ name: 'ps', path: script('own', `test -e ${mark} || echo no mark`) }, []),
    ).resolves.toBe('no mark\n');
  });

  it('is not found: the next one on the PATH is', () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    writeFileSync(join(open, 'gdb'), '', { mode: 0o755 });
    chmodSync(open, 0o777);
    const own = script('gdb', '');
    expect(findProgram('gdb', { PATH: `.:${open}:${folder}` })).toEqual({ name: 'gdb', path: own });
    expect(findProgram('gdb', { PATH: `.:${open}` })).toBeNull();
  });
});

describe('a program of the system', () => {
  it.skipIf(process.platform === 'win32').each(['ps', 'lsof', 'nsenter'] as const)(
    '%s is where the system keeps it, whatever the PATH says',
    (name) => {
      script(name, '');
      expect(findProgram(name, { PATH: folder })?.path ?? `/bin/${name}`).not.toContain(folder);
    },
  );

  it('PowerShell has no place where there is no Windows', () => {
    expect(findProgram('powershell', {})).toBeNull();
  });
});

it('a program has the temporary folder that we have, also where TMPDIR is relative', async () => {
  vi.stubEnv('TMPDIR', 'some/folder');
  const args = ['-p', 'process.env.TMPDIR'];
  expect(await outputOf(ownNode(), args)).toBe(`${resolve('some/folder')}\n`);
  expect(runProgramSync(ownNode(), args, { encoding: 'utf8' }).stdout).toBe(`${resolve('some/folder')}\n`);
  vi.unstubAllEnvs();
});

describe('what a program writes', () => {
  it('is given whatever its status is', async () => {
    expect(await outputOf(ownNode(), ['-e', "console.log('said'); process.exitCode = 1"])).toBe('said\n');
  });

  it('is not more than can be of use', async () => {
    await expect(outputOf({ name: 'ps', path: '/usr/bin/yes' }, [])).rejects.toThrow('wrote more than 64 MB');
  });

  it('never passes a shell', async () => {
    expect(await outputOf({ name: 'ps', path: '/bin/echo' }, ['$(id); *'])).toBe('$(id); *\n');
  });
});
