// The commands that draw a part of a heap.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heapCommands, some, type Row } from './heap-commands.ts';

const { folder, temporary, run, json } = heapCommands();

describe('chain', () => {
  it('says what holds an object', () => {
    const { chains } = json<{ chains: (Row & { edge: string | null })[][] }>([
      'chain',
      'after.heapsnapshot',
      '--type',
      'User — leak.cjs:2',
    ]);
    expect(chains).toHaveLength(1);
    const words = chains[0].map(({ type, edge }) => [type, edge]);
    expect(words.at(-1)).toEqual(['User', null]);
    expect(words.at(-2)).toEqual(['Map', expect.stringMatching(/^"(key|more)\d+"$/)]);
    for (const row of chains[0]) expect(row).toMatchObject(some.object);
  });

  it('is written and drawn', () => {
    const { status, stdout } = run([
      'chain',
      'after.heapsnapshot',
      '--type',
      'User — leak.cjs:2',
      '-o',
      'chain.svg',
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /\n {2}cache → Map .*@\d+\n {2}"\w+" → User \{name, data\} @\d+\nImage generated as chain\.svg\n$/,
    );
    expect(readFileSync(join(folder, 'chain.svg'), 'utf8')).toContain('User');
  });
});

/** Boxes with one label each, as objgraph's. */
const classic = (command: string) => [command, 'after.heapsnapshot', '--style', 'classic'];

describe('refs and backrefs', () => {
  it('draw strings that look like attributes of the graph', () => {
    const program = `class Answer { type = 'text/html; charset=latin1' + String.fromCharCode(0x2026) }
      globalThis.answer = new Answer(); require('v8').writeHeapSnapshot('answer.heapsnapshot')`;
    spawnSync(process.execPath, ['-e', program], { cwd: folder });
    const { status, stderr } = run(['refs', 'answer.heapsnapshot', '--type', 'Answer', '-o', 'answer.svg']);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, 'answer.svg'), 'utf8')).toContain('charset=latin1…');
  });

  const id = () =>
    String(
      json<{ instances: Row[] }>(['instances', 'after.heapsnapshot', '--type', 'User — leak.cjs:2'])
        .instances[0].id,
    );

  it('are DOT, by the library', () => {
    const one = id();
    const { stdout } = run([...classic('refs'), '--id', one, '-o', '-']);
    expect(stdout).toMatch(new RegExp(`^digraph ObjectGraph \\{[^]*o${one}\\[label="User`));
    expect(stdout).toContain('[label="data",weight=2]');
    const back = run([...classic('backrefs'), '--id', `@${one}`, '--max-depth', '1', '-o', '-']).stdout;
    expect(back.match(/ -> /g)).toHaveLength(1);
    expect(back).toContain('label="Map\\n{copies, odd}"');
  });

  it('are files', () => {
    for (const file of ['refs.dot', 'refs.svg', 'refs.png'])
      expect(run(['refs', 'after.heapsnapshot', '--id', id(), '-o', file])).toEqual({
        status: 0,
        stdout: `Image generated as ${file}\n`,
        stderr: '',
      });
    expect(readFileSync(join(folder, 'refs.dot'), 'utf8')).not.toContain('pos=');
    expect(readFileSync(join(folder, 'refs.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('draw the largest of many objects, and say so', () => {
    const { stdout, stderr } = run([
      'refs',
      'before.heapsnapshot',
      '--style',
      'classic',
      '--type',
      'User',
      '--too-many',
      '4',
      '-o',
      '-',
    ]);
    expect(stdout.match(/\[fontcolor=red\]/g)).toHaveLength(4);
    expect(stderr).toBe(
      'objgraph: warning: of 32 objects, the 4 that retain the most are drawn (see --too-many and --merge)\n',
    );
  });

  it('become a png where there is no screen, and leave nothing behind', () => {
    const { status, stdout } = run(['refs', 'after.heapsnapshot', '--id', id()]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${join(folder, 'objgraph.dot.png')}\n` });
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('refs --merge', () => {
  it('draws all objects of a class as one box, and what they refer to', () => {
    const args = [...classic('refs'), '--type', 'User — leak.cjs:2', '--merge'];
    const { stdout } = run([...args, '-o', '-']);
    expect(stdout).toMatch(/label="41 × User\\n[\d.]+ kB"/);
    expect(stdout).toMatch(/group0 -> group\d \[label="data\\n41 · [\d.]+ kB"/);
    expect(stdout).toMatch(/label="i\\n41 · /);
    expect(run([...args, '--max-depth', '1', '-o', 'merged.svg'])).toEqual({
      status: 0,
      stdout: 'Image generated as merged.svg\n',
      stderr: '',
    });
  });
});

describe('backrefs --merge', () => {
  it('draws all objects of a class as one box, and what holds them', () => {
    const args = [...classic('backrefs'), '--type', 'User — leak.cjs:2', '--merge'];
    const { stdout } = run([...args, '-o', '-']);
    expect(stdout).toMatch(/label="41 × User\\n[\d.]+ kB"/);
    expect(stdout).toMatch(/-> group0 \[label="value\\n41 · [\d.]+ kB"/);
    expect(stdout).toMatch(/label="Module\\nleak\.cjs/);
  });
});
