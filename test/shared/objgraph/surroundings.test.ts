// The library in a program whose surroundings are broken: its working folder, its temporary folder.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('says in words that the temporary folder cannot be used, and leaves nothing in it', () => {
  const missing = join(folder, 'none');
  const message = programs.ask<string>(
    `try { objgraph.showRefs({ a: 1 }, { filename: 'x.svg' }) } catch (error) { answer(error.message) }`,
    { env: { TMPDIR: missing } },
  );
  expect(message).toBe(
    `The graph could not be written to the temporary folder ${missing}: it cannot be written to (ENOENT). Set TMPDIR to another folder, or give a filename that ends in .dot.`,
  );
  expect(readdirSync(folder)).not.toContain('none');
});
