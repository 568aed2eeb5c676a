// `objgraph chain`: the shortest chain of references that keeps an object in memory, in words and as a picture.
import { parseArgs } from 'node:util';
import type { ChainLink } from '../../shared/heap/chain.ts';
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { EdgeType } from '../../shared/heap/node-types.ts';
import { findPaths } from '../../shared/heap/paths.ts';
import { HeapNode } from '../../shared/objgraph/heap-node.ts';
import { showChain } from '../../shared/objgraph/show.ts';
import { Snapshot } from '../../shared/objgraph/snapshot.ts';
import { HeapDescriber } from '../heap/describe.ts';
import { checkChoice, chosenNodes } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps } from './heaps.ts';
import { printJson } from './json.ts';
import { readCount } from './options.ts';
import { checkPictureOutput, outputHelp, presentPicture } from './picture.ts';
import { UsageError } from './run.ts';
import { printable } from './text-table.ts';

export const chain: Command = {
  help: `Usage: objgraph chain SOURCE (--id ID | --type NAME) [--count N] [--json | -o FILE]

Tells what keeps an object in memory: the shortest chain of references from a module or the global object.

      --id ID                     the object with this id
      --type NAME                 of this class, the object that retains the most
      --count N                   several chains that share no object between their ends (default 1)
      --json                      for programs; see docs/json.md
${outputHelp}
${sourceHelp}`,

  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        id: { type: 'string' },
        type: { type: 'string' },
        count: { type: 'string' },
        json: { type: 'boolean' },
        output: { type: 'string', short: 'o' },
      },
    });
    checkChoice(values);
    if (values.json && values.output !== undefined)
      throw new UsageError('--json and -o are two different outputs');
    const count = readCount('count', values.count, 1, 1);
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
      process.stdout.write(
        chains.length > 0
          ? chains.map(chainText).join('\n')
          : `${printable(String(snapshot.node(node)))}: ${printable(whyNoChain(heap.analysis, node))}\n`,
      );
    if (chains.length === 0) return;
    let dot = '';
    showChain(...chains, { snapshot, output: { write: (text: string) => (dot += text) } });
    await presentPicture(dot, values.output, heap.analysis);
  },
};

/** What is known of a node to which no chain leads. */
function whyNoChain({ graph, retainers }: HeapAnalysis, node: number): string {
  const classes = new Set<string>();
  let weak = 0;
  for (let slot = retainers.first[node]; slot < retainers.first[node + 1]; slot++) {
    if (graph.edgeTypes[retainers.edges[slot]] === EdgeType.weak) weak++;
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

function chainText(chain: readonly HeapNode[]): string {
  const [first, ...rest] = chain.map((node) => `${printable(String(node))} @${node.id}\n`);
  // V8's own references have no name.
  const arrow = (i: number) => `  ${printable(`${chain[i].edge} →`.trimStart())} `;
  return first + rest.map((line, i) => arrow(i) + line).join('');
}
