// The object panel names the line that allocated an object, when V8 tracked that.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LoadedSnapshot } from '../../../main/heap/loaded-snapshot.ts';
import { objectDetails } from '../../../main/heap/object-details.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { nodes } from '../targets/programs.ts';
import { trackedProgram } from '../../shared/heap/tracked-program.ts';

it('names the stack of each object, and says nothing of what came before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-allocated-'));
  const file = join(folder, 'a.heaptimeline');
  expect(spawnSync(nodes[nodes.length - 1].path, ['-e', trackedProgram, file]).status).toBe(0);
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  rmSync(folder, { recursive: true });
  const snapshot = new LoadedSnapshot('a', reader.end());
  const { list } = snapshot.analysis.classes;
  const jobs = snapshot.analysis.instances(list.findIndex(({ name }) => name === 'Job'));
  const stacks = Array.from(jobs, (node) => objectDetails(snapshot, node).allocatedAt);
  expect(stacks.filter((stack) => stack === undefined)).toHaveLength(1);
  const evening = stacks.filter((stack) => stack?.some((frame) => frame.function === 'evening'));
  expect(evening).toHaveLength(70);
  const line = trackedProgram.split('\n').findIndex((text) => text.includes('function evening')) + 1;
  const places = evening[0]!.find((frame) => frame.function === 'evening')!;
  expect(places.place ?? `:${line}`).toMatch(new RegExp(`:${line}$`));
});
