// `objgraph refs` and `objgraph backrefs`: a picture of what objects refer to, or of what refers to them. The pictures are
// the library's.
import { parseArgs } from 'node:util';
import { writeMergedDot } from '../../shared/dot/write-merged.ts';
import { mergeReferences, mergeReferrers } from '../../shared/heap/merge.ts';
import type { MergedGraph } from '../../shared/heap/merged-graph.ts';
import { showBackrefs, showRefs } from '../../shared/objgraph/show.ts';
import { Snapshot } from '../../shared/objgraph/snapshot.ts';
import { checkChoice, chosenNodes } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps, type Heap } from './heaps.ts';
import { printJson } from './json.ts';
import { readCount } from './options.ts';
import { checkPictureOutput, outputHelp, presentPicture } from './picture.ts';
import { UsageError, warn } from './run.ts';
import { formatCount } from './text-table.ts';

const help = (name: string, what: string, merged: string): string => `\
Usage: objgraph ${name} SOURCE (--id ID | --type NAME) [--max-depth N] [--too-many N] [--merge]
       [--json | -o FILE]

Draws ${what}.

      --id ID                     the object with this id
      --type NAME                 the objects of a class: of more than --too-many, those that retain the most
      --max-depth N               steps away from them (default 3; 5 with --merge)
      --too-many N                references drawn per object or box (default 10; 5 with --merge); the rest is counted
      --merge                     all objects of the class in a few boxes: ${merged}, merged by class and by
                                  the name of the reference, with counts and bytes
      --json                      the boxes of --merge for programs; see docs/json.md
${outputHelp}
${sourceHelp}`;

export const refs: Command = {
  help: help('refs', 'what objects refer to', 'what they refer to'),
  run: (args) => draw(args, showRefs, mergeReferences),
};

export const backrefs: Command = {
  help: help(
    'backrefs',
    'what refers to objects, back to modules and the global object',
    'what refers to them',
  ),
  run: (args) => draw(args, showBackrefs, mergeReferrers),
};

async function draw(args: string[], show: typeof showRefs, merge: typeof mergeReferences): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      type: { type: 'string' },
      'max-depth': { type: 'string' },
      'too-many': { type: 'string' },
      merge: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      output: { type: 'string', short: 'o' },
    },
  });
  checkChoice(values);
  if (values.json && values.output !== undefined)
    throw new UsageError('--json and -o are two different outputs');
  if (values.json && !values.merge)
    throw new UsageError('--json tells what --merge draws: give both, or ask chain about one object');
  const maxDepth = readCount('max-depth', values['max-depth'], values.merge ? 5 : 3);
  const tooMany = readCount('too-many', values['too-many'], values.merge ? 5 : 10, 1);
  checkPictureOutput(values.output);
  const [heap] = await readHeaps(positionals);
  const nodes = chosenNodes(heap, values);
  const bounds = { maxDepth, tooMany };
  const merged = values.merge ? merge(heap.analysis, nodes, { ...bounds, folder: process.cwd() }) : null;
  const idOf = (node: number) => heap.analysis.graph.nodeIds[node];
  if (merged !== null && values.json) return printJson(records(merged, idOf));
  await presentPicture(
    merged === null ? dotOf(heap, nodes.slice(0, tooMany), show, bounds) : writeMergedDot(merged, idOf),
    values.output,
    merged === null ? heap.analysis : null,
  );
  if (merged === null && nodes.length > tooMany)
    warn('objgraph', [
      `of ${formatCount(nodes.length)} objects, the ${tooMany} that retain the most are drawn (see --too-many and --merge)`,
    ]);
}

interface Bounds {
  maxDepth: number;
  tooMany: number;
}

function dotOf(heap: Heap, nodes: readonly number[], show: typeof showRefs, bounds: Bounds): string {
  const snapshot = new Snapshot(heap.analysis.graph, null, null, heap.name);
  let dot = '';
  show(
    nodes.map((node) => snapshot.node(node)),
    { ...bounds, snapshot, output: { write: (text: string) => (dot += text) } },
  );
  return dot;
}

function records({ nodes, edges }: MergedGraph, idOf: (node: number) => number): object {
  return {
    groups: nodes.map(({ className, description, count, bytes, depth, example, isRoot, skipped }) => ({
      type: className,
      name: description,
      count,
      retainedSize: bytes,
      id: idOf(example),
      depth,
      isRoot,
      skipped,
    })),
    references: edges.map(({ owner, target, label, count, bytes }) => ({
      from: owner,
      to: target,
      name: label,
      count,
      retainedSize: bytes,
    })),
  };
}
