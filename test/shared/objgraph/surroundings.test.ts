// The library in a program whose surroundings are broken: its working folder, its temporary folder.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProgramFolder } from './programs.ts';

let programs: ProgramFolder;
let folder: string;
beforeAll(() => {
  programs = new ProgramFolder();
  folder = mkdtempSync(join(tmpdir(), 'objgraph-around-'));
});
afterAll(() => {
  programs.remove();
  rmSync(folder, { recursive: true });
});

it('draws in a program whose working folder was removed', () => {
  const gone = join(folder, 'gone');
  const picture = join(folder, 'picture.svg');
  mkdirSync(gone);
  const text = programs.ask<string>(`
    process.chdir(${JSON.stringify(gone)});
    require('node:fs').rmdirSync(${JSON.stringify(gone)});
    objgraph.showRefs({ a: 1 }, { filename: ${JSON.stringify(picture)} });
    const output = sink();
    objgraph.showRefs({ a: 1 }, { output });
    answer(output.text);`);
  expect(text).toContain('digraph');
  expect(existsSync(picture)).toBe(true);
});

it.each(['svg', 'png'])('leaves nothing behind of a picture that was drawn as %s', (format) => {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const { stdout } = programs.run(`objgraph.showRefs({ a: 1 }, { filename: 'drawn.${format}' })`, {
    env: { TMPDIR: temporary },
  });
  expect(stdout).toBe(`Image generated as drawn.${format} (1 node)\n`);
  expect(readdirSync(temporary)).toEqual([]);
});

it('leaves nothing behind of a graph for which the disk has no room', () => {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  // A file of more than one block cannot be written: a full disk, but for its name.
  const program = `objgraph.showRefs(Array.from({ length: 50 }, (_, i) => ({ i })), { filename: 'x.svg', tooMany: 50 })`;
  const file = join(programs.path, 'full.mjs');
  writeFileSync(
    file,
    `import * as objgraph from 'objgraph'; try { ${program} } catch (error) { console.log(error.message) }`,
  );
  const shell = `trap '' XFSZ; ulimit -f 1; exec "$0" "$1"`;
  const { stdout } = spawnSync('sh', ['-c', shell, process.execPath, file], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: temporary },
  });
  expect(stdout).toMatch(
    /^The graph could not be written to the temporary folder .*: it cannot be written to \(EFBIG\)\. Set TMPDIR/,
  );
  expect(readdirSync(temporary)).toEqual([]);
});

/** What showRefs says of a temporary folder; `before` runs in the program. */
const messageWith = (temporary: string, before = ''): string | null =>
  programs.ask<string | null>(
    `${before}; try { objgraph.showRefs({ a: 1 }, { filename: 'x.svg' }); answer(null) } catch (error) { answer(error.message) }`,
    { env: { TMPDIR: temporary } },
  );
const refusal = (temporary: string, reason: string) =>
  `The graph could not be written to the temporary folder ${temporary}: ${reason}. Set TMPDIR to another folder, or give a filename that ends in .dot.`;

describe('the temporary folder', () => {
  it('may be relative, and nothing stays in it', () => {
    const relative = `tmp-${process.pid}`;
    mkdirSync(join(programs.path, relative));
    expect(messageWith(relative)).toBeNull();
    expect(readdirSync(join(programs.path, relative))).toEqual([]);
  });

  it('may not be missing, wherever it is named from, and is not made', () => {
    const missing = join(folder, 'none');
    expect(messageWith(missing)).toBe(refusal(missing, 'it does not exist'));
    expect(messageWith('none')).toBe(refusal(join(programs.path, 'none'), 'it does not exist'));
    expect([readdirSync(folder), readdirSync(programs.path)].flat()).not.toContain('none');
  });

  it('may not be removed while the program runs', () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const before = `require('node:fs').rmdirSync(${JSON.stringify(temporary)})`;
    expect(messageWith(temporary, before)).toBe(refusal(temporary, 'it does not exist'));
    expect(existsSync(temporary)).toBe(false);
  });

  it('may not be a file, which stays as it is', () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'mine');
    expect(messageWith(file)).toBe(refusal(file, 'it is not a folder'));
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('may not be one in which nothing can be made', () => {
    // Root may write to any other.
    const isRoot = process.getuid?.() === 0;
    const closed = isRoot ? '/proc' : mkdtempSync(join(folder, 'tmp-'));
    if (!isRoot) chmodSync(closed, 0o555);
    const reason = isRoot ? 'it cannot be written to (ENOENT)' : 'you may not write to it';
    expect(messageWith(closed)).toBe(refusal(closed, reason));
  });

  const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
  it.skipIf(!mayMount)('may not be full, and nothing stays in it', () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const file = join(programs.path, 'full-disk.mjs');
    writeFileSync(
      file,
      `import * as objgraph from 'objgraph';
       try { objgraph.showRefs({ a: 1 }, { filename: 'x.svg' }) } catch (error) { console.log(error.message) }`,
    );
    // A disk of one page, which a file of ours fills.
    const shell = `mount -t tmpfs -o size=4k none "$TMPDIR" && head -c 4096 /dev/zero > "$TMPDIR/mine"; "$0" "$1"; ls -A "$TMPDIR"`;
    const { stdout } = spawnSync('unshare', ['-rm', 'sh', '-c', shell, process.execPath, file], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: temporary },
    });
    expect(stdout).toBe(`${refusal(temporary, 'its disk is full')}\nmine\n`);
  });
});
