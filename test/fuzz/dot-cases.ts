// Spoiled DOT: decoded, cut into graphs, read as statements, written again, and laid out by the thread that owns Graphviz.
import { readFileSync } from 'node:fs';
import { readDocument } from '../../main/documents/formats.ts';
import { graphsIn } from '../../main/documents/graphs.ts';
import { layOut, LayoutError } from '../../main/documents/layout.ts';
import { DocumentError } from '../../main/problem.ts';
import { explore } from '../../shared/dot/explore/explore.ts';
import { structureOf } from '../../shared/dot/explore/structure.ts';
import { writeView } from '../../shared/dot/explore/write-view.ts';
import { readStatements } from '../../shared/dot/statements.ts';
import { DotSyntaxError } from '../../shared/dot/tokens.ts';
import { engines } from '../../shared/protocol.ts';
import { files, runCases } from './cases.ts';
import { mutate, type Random } from './mutations.ts';

/** Milliseconds; a layout that takes longer is given up, as its reader would. */
const patience = 3000;
const originals = files.map((file) => readFileSync(file));
const words =
  'strict graph digraph subgraph node edge -> -- { } [ ] = ; , : + < > " /* */ // # \\ label=<<b>x</b>> shape=record rank=same a:b:c -.5 "a"+"b" compound=true cluster=true peripheries=99999999 size="1,1!" ranksep=1e9 fontsize=-1 splines=ortho concentrate=true é \u2028 \0'.split(
    ' ',
  );

function spoil(bytes: Uint8Array, random: Random): Uint8Array {
  if (random(2) === 0) return mutate(bytes, random);
  const at = random(bytes.length);
  const word = Buffer.from(` ${words[random(words.length)]} `.repeat(random(20) === 0 ? 500 : 1));
  return Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at)]);
}

/** What is shown of a graph, read again, is what was meant. */
function checkExploring(dot: string, random: Random): void {
  const text = readStatements(dot);
  const structure = structureOf(text);
  const again = (operations: Parameters<typeof explore>[1]) =>
    structureOf(readStatements(writeView(text, structure, explore(structure, operations))));
  const whole = again([]);
  if (whole.nodes.join('\n') !== structure.nodes.join('\n') || whole.ends.length !== structure.ends.length)
    throw new Error(`Written again it has other nodes or edges: ${whole.nodes.length}, ${whole.ends.length}`);
  if (structure.nodes.length === 0) return;
  const hidden = structure.nodes[random(structure.nodes.length)];
  const rest = again([{ kind: 'hide', nodes: [hidden], clusters: [] }]);
  if (rest.nodes.includes(hidden)) throw new Error(`What is hidden is written all the same: ${hidden}`);
}

await runCases(async (random) => {
  const bytes = spoil(originals[random(originals.length)], random);
  try {
    const { dot } = readDocument(bytes, 'spoiled.dot');
    const graphs = graphsIn(dot);
    try {
      for (const graph of graphs) checkExploring(graph.dot, random);
    } catch (error) {
      if (!(error instanceof DotSyntaxError)) throw error;
    }
    // A layout takes a hundred times longer than all reading.
    if (random(8) > 0) return true;
    const engine = random(4) === 0 ? engines[random(engines.length)] : 'dot';
    const task = { dot: graphs[0].dot, engine, positioned: false, images: [] };
    await layOut(task, AbortSignal.timeout(patience));
    return true;
  } catch (error) {
    const isRefused =
      error instanceof LayoutError && !/could not be read|the layout (failed|ended)/.test(error.message);
    if (isRefused || error instanceof DocumentError || (error as Error).name === 'TimeoutError') return false;
    throw error;
  }
});
