// Against Python's real objgraph, on programs of the catalogue of leaks: the same objects counted, referred to and held. Two of
// them here; all 30 with `OBJGRAPH_ALL=1`.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { NodeNames } from '../../../../shared/heap/node-names.ts';
import { EdgeType, NodeType } from '../../../../shared/heap/node-types.ts';
import { findPaths } from '../../../../shared/heap/paths.ts';
import { debianPython, dumperFile, folder, nodesByAddress, readSnapshot } from './dumped.ts';

const driver = resolve('test/fixtures/python/ask_objgraph.py');
const catalogue = resolve('test/leaks/python');
/** What these leave has no class of their own, and is in no list of theirs. */
const withoutSubject =
  /\/(loggers_by_name|cycles_uncollected|done_tasks|jit_of_regexes|log_messages|ring_buffer|threads_that_end|weak_cache|module_globals|undo_stack|event_loop_timers|json_round_trips)\.py$/;
const programs = ['leaking', 'healthy']
  .flatMap((kind) => readdirSync(join(catalogue, kind)).map((file) => join(catalogue, kind, file)))
  .filter((file) => file.endsWith('.py') && !withoutSubject.test(file));
const some = /\/(class_registry|closures)\.py$/;
const chosen = programs.filter((file) => process.env.OBJGRAPH_ALL || some.test(file));

interface Answer {
  module: string;
  asked: { address: number; refs: number[]; backrefs: number[]; module: string | null }[];
  stats: Record<string, number>;
  /** Per type as objgraph calls it, our classes of that name. */
  names: Record<string, string[]>;
  /** The addresses of all that the garbage collector tracks, and of what all programs share. */
  tracked: number[];
  /** Classes that are written in C: the collector sees nothing in them, as in code objects. */
  static: number[];
  atoms: number[];
}

interface Case {
  answer: Answer;
  analysis: HeapAnalysis;
  nodeAt(address: number): number | undefined;
}

function ask(program: string): Case {
  const output = join(folder, basename(program, '.py'));
  execFileSync(debianPython, [driver, dumperFile, program, output], { stdio: 'pipe' });
  const answer = JSON.parse(readFileSync(`${output}.json`, 'utf8')) as Answer;
  const analysis = readSnapshot(`${output}.heapsnapshot`);
  const nodeAt = nodesByAddress(analysis, `${output}.heapsnapshot`);
  return { answer, analysis, nodeAt };
}

/** All nodes to three steps from a node, along references or against them; the slow and simple way. */
function within(
  { analysis }: Case,
  start: number,
  direction: 'refs' | 'backrefs',
  opaque: Set<number | undefined>,
  isKnown: (node: number) => boolean,
): Set<number> {
  const { graph, objects, retainers } = analysis;
  const found = new Map([[start, 0]]);
  for (const [node, depth] of found) {
    if (depth === 3) continue;
    // Python's collector sees nothing in a code object, and objgraph stops at modules on the way back.
    const isOpaque = graph.nodeName(node) === 'code' || opaque.has(node);
    if (direction === 'refs' ? isOpaque : objects.isRoot(node)) continue;
    const [first, last] =
      direction === 'refs'
        ? [graph.firstEdges[node], graph.firstEdges[node + 1]]
        : [retainers.first[node], retainers.first[node + 1]];
    for (let at = first; at < last; at++) {
      const edge = direction === 'refs' ? at : retainers.edges[at];
      const next = direction === 'refs' ? graph.edgeTargets[edge] : retainers.nodes[at];
      if (graph.edgeType(edge) === EdgeType.weak || graph.nodeTypes[next] === NodeType.synthetic) continue;
      // We name a cell by its variable; the collector comes to it by the tuple `__closure__`.
      const holder = direction === 'refs' ? node : next;
      if (graph.nodeName(holder) === 'function' && graph.edgeType(edge) === EdgeType.context) continue;
      // Since Python 3.11, the collector leaves out the keys of a dictionary of texts.
      if (graph.nodeTypes[next] === NodeType.string && graph.edgeName(edge) === 'key') continue;
      if (!found.has(next) && isKnown(next)) found.set(next, depth + 1);
    }
  }
  return new Set(found.keys());
}

describe.each(chosen.map((file) => [basename(file, '.py'), file]))('%s', (_, file) => {
  const given = ask(file);
  const { answer, analysis, nodeAt } = given;
  const { graph, objects } = analysis;
  const called = (nodes: Iterable<number>) =>
    Array.from(nodes, (node) => `${graph.nodeName(node)} @${graph.nodeIds[node]}`).sort();
  const atoms = new Set(answer.atoms);
  const opaque = new Set(answer.static.map(nodeAt));

  it('has the objects that typestats counts, type by type', () => {
    const tracked = new Set(answer.tracked.map(nodeAt));
    const all: Record<string, number> = {};
    const counted: Record<string, number> = {};
    for (let node = 0; node < graph.nodeCount; node++) {
      const name = graph.nodeName(node);
      all[name] = (all[name] ?? 0) + 1;
      if (tracked.has(node)) counted[name] = (counted[name] ?? 0) + 1;
    }
    const sum = (counts: Record<string, number>, type: string) =>
      answer.names[type].reduce((total, name) => total + (counts[name] ?? 0), 0);
    const types = Object.keys(answer.stats);
    expect(types.length).toBeGreaterThan(50);
    expect(Object.fromEntries(types.map((type) => [type, sum(counted, type)]))).toEqual(answer.stats);
    // Of the program's own classes, which the collector tracks always, there are no others.
    const own = types.filter((type) => type.startsWith(`${answer.module}.`));
    expect(Object.fromEntries(own.map((type) => [type, sum(all, type)]))).toEqual(
      Object.fromEntries(own.map((type) => [type, answer.stats[type]])),
    );
  });

  it('refers to the objects of show_refs, to depth 3', () => {
    expect(answer.asked.length).toBeGreaterThan(0);
    for (const { address, refs } of answer.asked) {
      const expected = refs.filter((one) => !atoms.has(one)).map((one) => nodeAt(one) ?? -1);
      expect(called(within(given, nodeAt(address)!, 'refs', opaque, () => true))).toEqual(called(expected));
    }
  });

  it('is held by the objects of show_backrefs, to depth 3', () => {
    const tracked = new Set(answer.tracked.map(nodeAt));
    for (const { address, backrefs } of answer.asked) {
      const expected = backrefs.map((one) => nodeAt(one) ?? -1);
      const found = within(given, nodeAt(address)!, 'backrefs', opaque, (node) => tracked.has(node));
      expect(called(found)).toEqual(called(expected));
    }
  });

  it('has chains that end at the same module', () => {
    const names = new NodeNames(objects);
    for (const { address, module } of answer.asked) {
      const [path] = findPaths(objects, nodeAt(address)!, { count: 1 });
      const [root] = path;
      expect(objects.isRoot(root.node) ? names.describe(root.node) : null).toBe(module);
    }
  });
});
