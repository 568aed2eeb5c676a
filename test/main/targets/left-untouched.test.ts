// A target before we attach to it, and after we detached: its inspector's port, its handles and files. (How fast it allocates,
// which V8 makes slower while we are there, is measured by test/bench/attach.mjs.)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { attach } from '../../../main/targets/attached-target.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { oldestAndNewest, root } from './programs.ts';

interface Answer {
  handles: string[];
  descriptors: number;
}

it.each(oldestAndNewest)('nothing of a visit stays in the target: $name', async ({ path }) => {
  const program = spawn(
    path,
    ['--expose-gc', '--inspect-port=0', join(root, 'test/bench/programs/attached-program.mjs'), '2'],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const lines = createInterface({ input: program.stdout });
  const ask = async () => {
    program.stdin.write('\n');
    const [line] = (await once(lines, 'line')) as [string];
    return JSON.parse(line) as Answer;
  };
  try {
    await ask();
    const before = await ask();
    expect(await listeningPorts(program.pid!)).toEqual([]);

    const target = await attach(String(program.pid), new AbortController().signal);
    await target.takeSnapshot(
      () => {},
      () => {},
      new AbortController().signal,
    );
    const { id } = await target.evaluate('heap');
    await target.fieldsNow(id!);
    await target.detach();

    const after = await ask();
    expect(after.handles).toEqual(before.handles);
    expect(after.descriptors).toBe(before.descriptors);
    expect(await listeningPorts(program.pid!)).toEqual([]);
  } finally {
    program.kill();
  }
});
