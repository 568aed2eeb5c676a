// What the user of a Python process, who may be a stranger, can change of what root has a debugger do.
import { execFile, spawn } from 'node:child_process';
import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { giveAway } from '../../../../main/targets/python/python-target.ts';
import { canBeOthers } from '../../other-user.ts';

it.runIf(canBeOthers)('what a link leads to is not given away, and the folder comes last', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'objgraph-given-'));
  const folder = join(parent, 'folder');
  const secret = join(parent, 'secret');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(secret, '');
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(secret, join(folder, 'link'));
  const owner = { uid: 65534, gid: 65534 };
  await giveAway(folder, ['file', 'link'], owner);
  const ownerOf = (path: string) => lstatSync(path).uid;
  expect([join(folder, 'file'), folder].map(ownerOf)).toEqual([65534, 65534]);
  expect(ownerOf(secret)).toBe(0);

  // Where a file cannot be given, the folder is still ours.
  chownSync(folder, 0, 0);
  await expect(giveAway(folder, ['none'], owner)).rejects.toThrow('ENOENT');
  expect(ownerOf(folder)).toBe(0);
  rmSync(parent, { recursive: true });
});

it.runIf(canBeOthers)("root's debugger reads nothing from the folder that is another user's", async () => {
  const forever = 'import time\nprint("ready", flush=True)\nwhile True: time.sleep(0.01)';
  const process = spawn('/usr/bin/python3', ['-c', forever], { uid: 65534, gid: 65534, cwd: '/' });
  await new Promise((ready) => process.stdout.once('data', ready));
  const seen = new Set<string>();
  const look = setInterval(() => {
    for (const folder of readdirSync('/tmp').filter((name) => /^objgraph-[\da-f-]{36}$/.test(name)))
      for (const name of namesOfOther(join('/tmp', folder))) seen.add(name);
  }, 2);
  try {
    const cli = resolve('dist/cli.js');
    const { stdout } = await promisify(execFile)('node', [cli, 'types', String(process.pid), '--json']);
    expect(JSON.parse(stdout)).toHaveProperty('types');
  } finally {
    clearInterval(look);
    process.kill('SIGKILL');
  }
  expect(seen).toContain('run.py');
  expect([...seen].filter((name) => /^(code|thread-code|commands\.\w+)$/.test(name))).toEqual([]);
});

/** What lies in a folder that is another user's. */
function namesOfOther(folder: string): string[] {
  try {
    return lstatSync(folder).uid === 65534 ? readdirSync(folder) : [];
  } catch {
    // It has been removed.
    return [];
  }
}
