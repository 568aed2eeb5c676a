// `objgraph chain`: the shortest chain of references that keeps an object in memory, in words and as a picture.
import type { ChainLink } from '../../shared/heap/chain.ts';
import { EdgeType } from '../../shared/heap/node-types.ts';
import { findPaths } from '../../shared/heap/paths.ts';
import { chainSteps } from '../../shared/objgraph/chain-steps.ts';
import { HeapNode } from '../../shared/objgraph/heap-node.ts';
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { Snapshot } from '../../shared/objgraph/snapshot.ts';
import { writePicture, type WrittenPicture } from '../../shared/dot/write-picture.ts';
import { pictureAround, pictureOfPaths } from '../../shared/picture/draw-picture.ts';
import { HeapDescriber } from '../heap/describe.ts';
import { flag, readArguments, text } from './arguments.ts';
import { checkChoice, chosenNodes } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps } from './heaps.ts';
import { print, printJson } from '../terminal.ts';
import { readCount } from './options.ts';
import {
  checkPictureOutput,
  outputHelp,
  pictureWords,
  presentPicture,
  readStyle,
  styleHelp,
} from './picture.ts';
import { UsageError } from './run.ts';
import { formatCount } from './text-table.ts';

export const chain: Command = {
  help: `Usage: objgraph chain SOURCE (--id ID | --type NAME) [--count N] [--style STYLE] [--json | -o FILE]

Tells what keeps an object in memory: the shortest chain of references from a module or the global object.

      --id ID                     the object with this id
      --type NAME                 of this class, the object that retains the most
      --count N                   several chains that share no object between their ends (default 1)
${styleHelp}      --json                      for programs; see docs/json.md
${outputHelp}
${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      id: text,
      type: text,
      count: text,
      json: flag,
      style: text,
      output: { ...text, short: 'o' },
    });
    checkChoice(values);
    if (values.json && values.output !== undefined)
      throw new UsageError('--json and -o are two different outputs');
    const count = readCount('count', values.count, 1, 1);
    const style = readStyle(values.style);
    checkPictureOutput(values.output);
    const [heap] = await readHeaps(positionals);
    const [node] = chosenNodes(heap, values);
    const paths = findPaths(heap.analysis.objects, node, { count });
    const snapshot = new Snapshot(heap.analysis.graph, null, null, heap.name);
    const chains = paths.map((path) => namedNodes(snapshot, path));
    if (values.json) {
      const describer = new HeapDescriber(heap.analysis);
      return printJson({
        chains: chains.map((nodes) =>
          nodes.map(({ ordinal, edge = null }) => ({ ...describer.object(ordinal), edge })),
        ),
      });
    }
    if (values.output !== '-')
      print(
        ...(chains.length > 0
          ? chains.flatMap((chain, i) => [...(i > 0 ? [''] : []), ...chainLines(chain)])
          : [`${String(snapshot.node(node))}: ${whyNoChain(heap.analysis, node)}`]),
      );
    if (chains.length === 0) return;
    if (style === 'classic') {
      await presentPicture(classicPicture(heap.analysis, paths), values.output, heap.analysis);
      return;
    }
    const picture = pictureOfPaths(heap.analysis, paths, pictureWords(heap.analysis, style));
    await presentPicture(writePicture(picture), values.output, heap.analysis);
  },
};

/** What is known of a node to which no chain leads. */
function whyNoChain({ graph, retainers }: HeapAnalysis, node: number): string {
  const classes = new Set<string>();
  let weak = 0;
  for (let slot = retainers.first[node]; slot < retainers.first[node + 1]; slot++) {
    if (graph.edgeType(retainers.edges[slot]) === EdgeType.weak) weak++;
    else if (retainers.nodes[slot] !== node)
      classes.add(graph.nodeName(retainers.nodes[slot]) || '(unnamed)');
  }
  if (classes.size > 0)
    return `no chain of references leads to it from a module, a global object or a root of V8; what refers to it: ${[...classes].slice(0, 5).join(', ')}`;
  return weak > 0 ? 'only weak references lead to it' : 'nothing refers to it';
}

/** Each with the name of its reference to the next. */
function namedNodes(snapshot: Snapshot, path: readonly ChainLink[]): HeapNode[] {
  return path.map(
    ({ node, edge }) =>
      new HeapNode(snapshot, node, edge < 0 ? undefined : snapshot.references.of(node, edge)),
  );
}

/** All references between the objects of the chains, as Python's objgraph draws them. */
function classicPicture(analysis: HeapAnalysis, paths: readonly ChainLink[][]): WrittenPicture {
  const members = new Set(paths.flatMap((path) => path.map(({ node }) => node)));
  const ends = [...new Set(paths.map((path) => path.at(-1)!.node))];
  const bounds = {
    style: 'classic',
    direction: 'referrers',
    maxDepth: Math.max(...paths.map(({ length }) => length)) - 1,
    tooMany: 10,
    accepts: (node: number) => members.has(node),
  } as const;
  return writePicture(pictureAround(analysis, ends, bounds, pictureWords(analysis, 'classic')));
}

function chainLines(chain: readonly HeapNode[]): string[] {
  const [first, ...steps] = chainSteps(chain);
  const line = (node: HeapNode) => `${String(node)} @${node.id}`;
  return [
    line(first.node),
    ...steps.map(({ edge, node, run }) => {
      const reference = run > 1 ? `${edge} × ${formatCount(run)}` : edge;
      // V8's own references have no name.
      return `  ${`${reference} →`.trimStart()} ${line(node)}`;
    }),
  ];
}
