// `objgraph refs` and `objgraph backrefs`: a picture of what objects refer to, or of what refers to them. The pictures are
// the library's.
import { parseArgs } from 'node:util';
import { writeMergedDot } from '../../shared/dot/write-merged.ts';
import { mergeReferences, mergeReferrers } from '../../shared/heap/merge.ts';
import { showBackrefs, showRefs } from '../../shared/objgraph/show.ts';
import { Snapshot } from '../../shared/objgraph/snapshot.ts';
import { checkChoice, chosenNodes } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps, type Heap } from './heaps.ts';
import { readCount } from './options.ts';
import { checkPictureOutput, outputHelp, presentPicture } from './picture.ts';
import { warn } from './run.ts';
import { formatCount } from './text-table.ts';

const help = (name: string, what: string, merged: string): string => `\
Usage: objgraph ${name} SOURCE (--id ID | --type NAME) [--max-depth N] [--too-many N] [--merge] [-o FILE]

Draws ${what}.

      --id ID                     the object with this id
      --type NAME                 the objects of a class: of more than --too-many, those that retain the most
      --max-depth N               steps away from them (default 3; 5 with --merge)
      --too-many N                references drawn per object or box (default 10; 5 with --merge); the rest is counted
      --merge                     all objects of the class in a few boxes: ${merged}, merged by class and by
                                  the name of the reference, with counts and bytes
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
      output: { type: 'string', short: 'o' },
    },
  });
  checkChoice(values);
  const maxDepth = readCount('max-depth', values['max-depth'], values.merge ? 5 : 3);
  const tooMany = readCount('too-many', values['too-many'], values.merge ? 5 : 10, 1);
  checkPictureOutput(values.output);
  const [heap] = await readHeaps(positionals);
  const nodes = chosenNodes(heap, values);
  const bounds = { maxDepth, tooMany };
  await presentPicture(
    values.merge ? mergedDot(heap, nodes, merge, bounds) : dotOf(heap, nodes.slice(0, tooMany), show, bounds),
    values.output,
  );
  if (!values.merge && nodes.length > tooMany)
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

function mergedDot(
  { analysis }: Heap,
  nodes: readonly number[],
  merge: typeof mergeReferences,
  bounds: Bounds,
): string {
  const merged = merge(analysis, nodes, { ...bounds, folder: process.cwd() });
  return writeMergedDot(merged, (node) => analysis.graph.nodeIds[node]);
}
