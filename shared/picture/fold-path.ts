// A path to an object says most where it leads through the program's own objects. Runs of Node's and V8's internals, and of the
// links of a list, are folded into one pill each, which unfolds when it is clicked.
import type { HeapAnalysis } from '../heap/analysis.ts';
import type { ChainLink } from '../heap/chain.ts';
import { Owner } from '../heap/owner.ts';
import { NodeType } from '../heap/node-types.ts';
import { grouped } from '../quantities.ts';
import { RootKind } from '../heap/roots.ts';

/** Fewer links of one kind than these are drawn. */
const minLinks = 4;

/** What a pill says. */
export interface FoldedRun {
  /** The first and the last link of the path that it folds. */
  from: number;
  to: number;
  label: string;
  text: string;
  note: string;
  isRoot: boolean;
}

/** The runs of a path that are worth folding, in order; the object at its end is never in one. */
export function foldedRuns(
  analysis: HeapAnalysis,
  path: readonly ChainLink[],
  nameOf: (owner: number, edge: number) => string,
): FoldedRun[] {
  const runs: FoldedRun[] = [];
  for (let at = 0; at < path.length - 1;) {
    const run = internalRun(analysis, path, at, nameOf) ?? linkedRun(analysis, path, at, nameOf);
    if (run) runs.push(run);
    at = run ? run.to + 1 : at + 1;
  }
  return runs;
}

/** From one object of Node's to the next, with the built-ins between them; the global object may lead to them. */
function internalRun(
  analysis: HeapAnalysis,
  path: readonly ChainLink[],
  from: number,
  nameOf: (owner: number, edge: number) => string,
): FoldedRun | null {
  const { objects, owners } = analysis;
  const ownerAt = (at: number) => owners.ofNode[path[at].node];
  const isGlobal = objects.roots.kinds[path[from].node] === RootKind.global;
  if (!isGlobal && ownerAt(from) !== Owner.internal) return null;
  let to = from;
  for (let at = from + 1; at < path.length - 1; at++) {
    if (ownerAt(at) === Owner.internal) to = at;
    else if (ownerAt(at) !== Owner.builtIn || objects.isRoot(path[at].node)) break;
  }
  if (to === from) return null;
  return {
    from,
    to,
    isRoot: isGlobal || objects.isRoot(path[from].node),
    note: `+${to - from + 1} internal`,
    ...internalsSay(analysis, path.slice(from, to + 1), nameOf),
  };
}

/** What a reader calls a run of internals: the timer, or the class of the last of them. */
function internalsSay(
  { graph, objects }: HeapAnalysis,
  run: readonly ChainLink[],
  nameOf: (owner: number, edge: number) => string,
): { label: string; text: string } {
  const list = run.findIndex(({ node }) => graph.nodeName(node) === 'TimersList');
  const timer = run.findLast(({ node }) => graph.nodeName(node) === 'Timeout');
  if (timer && list > 0) {
    const before = run[list - 1];
    const milliseconds = Number(/\d+/.exec(nameOf(before.node, before.edge))?.[0] ?? NaN);
    // A timer that comes once has no `_repeat`; a small integer is in no snapshot.
    const repeat = graph.childNamed(timer.node, '_repeat');
    const isOnce = repeat >= 0 && graph.nodeTypes[repeat] === NodeType.hidden;
    const when = Number.isNaN(milliseconds) ? '' : `${isOnce ? 'after' : 'every'} ${duration(milliseconds)}`;
    return { label: 'timer', text: when };
  }
  const last = run.findLast(({ node }) => graph.nodeTypes[node] === NodeType.object && !objects.isRoot(node));
  const name = last ? graph.nodeName(last.node) : '';
  const isClass = name !== '' && name !== 'Object' && !name.startsWith('system / ');
  return { label: isClass ? name : 'Node internals', text: '' };
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  if (milliseconds < 60_000) return `${tenths(milliseconds / 1000)} s`;
  return milliseconds < 3_600_000
    ? `${tenths(milliseconds / 60_000)} min`
    : `${tenths(milliseconds / 3_600_000)} h`;
}

const tenths = (value: number) => String(Math.round(value * 10) / 10);

/** Objects of one class that each refer to the next by one name; the first and the last are drawn. */
function linkedRun(
  { classes }: HeapAnalysis,
  path: readonly ChainLink[],
  at: number,
  nameOf: (owner: number, edge: number) => string,
): FoldedRun | null {
  const kind = classes.ofNode[path[at].node];
  const name = nameOf(path[at].node, path[at].edge);
  let end = at;
  while (
    end + 1 < path.length &&
    classes.ofNode[path[end + 1].node] === kind &&
    nameOf(path[end].node, path[end].edge) === name
  )
    end++;
  if (name === '' || end - at < minLinks) return null;
  const folded = end - at - 1;
  return { from: at + 1, to: end - 1, label: name, text: `× ${grouped(folded)}`, note: '', isRoot: false };
}
