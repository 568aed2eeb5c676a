// The library in a program whose surroundings are broken: its working folder, its temporary folder.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
