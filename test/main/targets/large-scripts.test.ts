// A program with a script of several megabytes on Node 20, whose V8 counts the lines of the script anew for each function of a
// snapshot unless it has listed its scripts: minutes instead of a second.
import { afterEach, expect, it } from 'vitest';
import { countNamed, endPrograms, nodes, read, start } from './programs.ts';

afterEach(endPrograms);

it('a program with large scripts is read as fast as another', async () => {
  const padding = '// '.padEnd(200, '.');
  const source = Array.from(
    { length: 30_000 },
    (_, i) => `functions.push(function call${i}(n) { return n + ${i}; }); ${padding}`,
  );
  const program = [
    'class Leaked {}',
    'globalThis.kept = [new Leaked()];',
    'const functions = (globalThis.functions = []);',
    'setInterval(() => {}, 1000);',
    ...source,
    '',
  ];
  const { pid } = await start(program.join('\n'), { node: nodes[0].path, asFile: true });
  expect(countNamed(await read(String(pid)), 'Leaked')).toBe(1);
});
