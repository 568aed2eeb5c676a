// What the commands for heaps say of mistakes, and of what they may not read.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { canBeOthers, OtherUser } from '../other-user.ts';
import { endPrograms, start } from '../targets/programs.ts';
import { heapCommands } from './heap-commands.ts';

const { folder, run } = heapCommands();
afterEach(endPrograms);

beforeAll(() => writeFileSync(join(folder, 'hello'), 'hello'));

it.each([
  [['types'], 2, 'it takes one SOURCE'],
  [['types', 'a', 'b'], 2, 'it takes one SOURCE'],
  [['growth', 'a'], 2, 'it takes 2 SOURCEs'],
  [['growth', '-', '-'], 2, 'standard input can be read once only'],
  [['types', 'a', '--sort', 'size'], 2, '--sort is one of retained, shallow, count, not "size"'],
  [['types', 'a', '--limit', 'all'], 2, '--limit is a number from 0 on, not "all"'],
  [['dominators', 'a', '--max-depth', '1001'], 2, '--max-depth is a number from 1 to 1000, not "1001"'],
  [['types', 'a', '--nonsense'], 2, "Unknown option '--nonsense'"],
  [['instances', 'a'], 2, 'say of which class: --type NAME (see objgraph instances --help)'],
  [['refs', 'a'], 2, 'say which objects: --id ID or --type NAME'],
  [['refs', 'a', '--id', '1', '--type', 'x'], 2, 'say which objects'],
  [['chain', 'a', '--id', 'x'], 2, '--id is a number as the commands print it, not "x"'],
  [['refs', 'a', '--id', '1', '-o', 'picture'], 2, 'picture has no extension to tell its format'],
  [
    ['refs', 'a', '--id', '1', '-o', 'no/such.svg'],
    1,
    'no/such.svg cannot be written: its folder does not exist',
  ],
  [['growth', 'a', 'b', '--every', 'soon'], 2, '--every is a number of seconds, not "soon"'],
  [['suspects'], 2, 'it takes 1 to 20 SOURCEs'],
  [
    ['suspects', 'before.heapsnapshot', '--rounds', '3'],
    2,
    '--rounds takes snapshots of a process, not of a file',
  ],
  [['suspects', '1', '2', '--rounds', '3'], 2, '--rounds takes snapshots of one process: name one SOURCE'],
  [['suspects', '1', '--rounds', '1'], 2, '--rounds is a number from 2 to 20, not "1"'],
  [['snapshot', '-', '-o', 'a', '-o', 'b'], 2, 'standard input has one moment only: name one file'],
  [['snapshot', '1'], 2, 'say where to write the snapshot: -o FILE'],
  [['types', 'missing'], 1, 'missing: no such file'],
  [['types', '.'], 1, '.: it is a folder, not a file'],
  [['types', 'hello'], 1, 'hello: This is no heap snapshot: it does not begin with "{" (at byte 0).'],
  [['types', '-'], 1, 'standard input: The input is empty: this is no heap snapshot (at byte 0).'],
  [['chain', 'before.heapsnapshot', '--id', '2'], 1, 'before.heapsnapshot has no object with the id 2'],
  [
    ['instances', 'before.heapsnapshot', '--type', 'user'],
    1,
    'has no objects of type "user"; did you mean User?',
  ],
  [['instances', 'before.heapsnapshot', '--type', 'Nothing'], 1, 'objgraph types lists them'],
])('%j ends with %i and one sentence', (args, status, sentence) => {
  const result = run(args);
  expect(result).toMatchObject({ status, stdout: '' });
  expect(result.stderr).toContain(sentence);
  expect(result.stderr).toMatch(/^objgraph: [^\n]+\n$/);
});

it.runIf(canBeOthers)('refuses other users in words', async () => {
  const other = new OtherUser();
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'before.heapsnapshot'), 0o600);
  const file = join(folder, 'before.heapsnapshot');
  expect(await other.objgraph(['types', file])).toEqual({
    status: 1,
    stderr: `objgraph: ${file}: no permission to read it\n`,
  });
  const { pid, child } = await start('setInterval(() => {}, 1e3)');
  expect(await other.objgraph(['types', String(pid)])).toEqual({
    status: 1,
    stderr: `objgraph: process ${pid} belongs to another user: run this command as that user\n`,
  });
  expect(child.exitCode).toBeNull();
  other.remove();
});
