// The list of targets among processes of strangers, who choose their name, their program's file and their folder. Perl runs
// under another name what Node would not: a program of ours that is no Node.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { TargetRow } from '../../../../shared/protocol/targets.ts';
import { listTargets } from '../../../../main/targets/processes/target-list.ts';
import { publicFolder } from '../../other-user.ts';
import { endPrograms, leaking, start, track } from '../programs.ts';

const folder = publicFolder('objgraph-strangers-');
chmodSync(folder, 0o777);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(endPrograms);

const perl = '/usr/bin/perl';
const rowOf = async (pid: number): Promise<TargetRow | undefined> =>
  (await listTargets(new AbortController().signal)).find((row) => row.pid === pid);

/** Runs a copy of Perl under a name; as nobody, where we may. */
async function startPerl(path: string, code: string): Promise<number> {
  copyFileSync(perl, path);
  chmodSync(path, 0o755);
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const child = track(
    spawn(path, ['-e', `$| = 1; ${code}; print "ready"; sleep 1000`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      ...nobody,
    }),
  );
  await once(child.stdout, 'data');
  return child.pid!;
}

describe.skipIf(process.platform !== 'linux' || !existsSync(perl))('a program that calls itself node', () => {
  it('is not run when its file has been replaced by a script', async () => {
    const path = join(folder, 'node');
    const pid = await startPerl(path, '1');
    rmSync(path);
    writeFileSync(path, `#!/bin/sh\necho ran > ${join(folder, 'ran')}; echo v20.1.1\n`, { mode: 0o755 });
    const row = await rowOf(pid);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    expect(row?.version ?? null).toBeNull();
  });

  it('is not run when it says a version', async () => {
    const path = join(folder, 'nodejs');
    const pid = await startPerl(path, '1');
    writeFileSync(`${path}.new`, `#!/bin/sh\necho ran > ${join(folder, 'ran')}; echo v20.1.1\n`, {
      mode: 0o755,
    });
    spawnSync('mv', [`${path}.new`, path]);
    expect((await rowOf(pid))?.version ?? null).toBeNull();
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('a package.json in the folder of a process', () => {
  async function rowIn(prepare: (file: string) => void): Promise<TargetRow | undefined> {
    const cwd = mkdtempSync(join(folder, 'cwd-'));
    prepare(join(cwd, 'package.json'));
    const { pid } = await start(leaking, { cwd });
    return rowOf(pid);
  }

  it.each([
    ['a pipe without a writer', (file: string) => void spawnSync('mkfifo', [file])],
    ['a device without an end', (file: string) => symlinkSync('/dev/zero', file)],
    ['a folder', (file: string) => mkdirSync(file)],
    ['more than 1 MB', (file: string) => writeFileSync(file, `{"name":"big"${' '.repeat(2 ** 20)}}`)],
    ['no object', (file: string) => writeFileSync(file, 'null')],
    ['a name that is none', (file: string) => writeFileSync(file, '{"name":{"toString":1}}')],
  ])('may be %s', async (_what, prepare) => {
    const row = await rowIn(prepare);
    expect(row).toMatchObject({ title: 'node -e', obstacle: null });
    // That of a folder above, if there is one.
    expect(row!.packageName).not.toBe('big');
  });
});
