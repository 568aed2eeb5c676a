// The object panel and the report name the line that allocated an object, when V8 tracked that.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { LoadedSnapshot } from '../../../main/heap/loaded-snapshot.ts';
import { objectDetails } from '../../../main/heap/object-details.ts';
import { reportHtml } from '../../../main/heap/report.ts';
import { makersOf } from '../../../main/heap/tracked-allocations.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { nodes } from '../targets/programs.ts';
import { trackedProgram } from '../../shared/heap/tracked-program.ts';

let snapshot: LoadedSnapshot;
let jobs: number[];

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-allocated-'));
  const file = join(folder, 'a.heaptimeline');
  expect(spawnSync(nodes[nodes.length - 1].path, ['-e', trackedProgram, file]).status).toBe(0);
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  rmSync(folder, { recursive: true });
  snapshot = new LoadedSnapshot('a', reader.end());
  const { list } = snapshot.analysis.classes;
  jobs = [...snapshot.analysis.instances(list.findIndex(({ name }) => name === 'Job'))];
});

const lineOf = (text: string) => trackedProgram.split('\n').findIndex((line) => line.includes(text)) + 1;

it('names the stack of each object, and says nothing of what came before', () => {
  const stacks = jobs.map((node) => objectDetails(snapshot, node).allocatedAt);
  expect(stacks.filter((stack) => stack === undefined)).toHaveLength(1);
  const evening = stacks.filter((stack) => stack?.some((frame) => frame.function === 'evening'));
  expect(evening).toHaveLength(70);
  const line = lineOf('function evening');
  const places = evening[0]!.find((frame) => frame.function === 'evening')!;
  expect(places.place ?? `:${line}`).toMatch(new RegExp(`:${line}$`));
});

it('a report has the stacks that made most of what is alive, and calls their shares an estimate', () => {
  const node = jobs.find((each) =>
    objectDetails(snapshot, each).allocatedAt?.some((frame) => frame.function === 'evening'),
  )!;
  const html = reportHtml({
    title: 'Job',
    snapshot: { name: 'a.heaptimeline', nodes: snapshot.graph.nodeCount, size: 1 },
    runtime: null,
    written: new Date(0),
    redacted: false,
    suspect: null,
    object: objectDetails(snapshot, node),
    paths: [],
    dominated: [],
    madeBy: makersOf(snapshot, null, node),
    picture: null,
  });
  const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  const at = (name: string) => `${name}( \\S+:${lineOf(`function ${name}`)})?`;
  expect(text).toMatch(new RegExp(`Allocated at .*${at('evening')} `));
  expect(text).toMatch(
    new RegExp(`Who allocated them .*${at('evening')} .* 70 70.0 % .*${at('morning')} .* 30 30.0 %`),
  );
  expect(text).toContain('the shares are an estimate');
});
