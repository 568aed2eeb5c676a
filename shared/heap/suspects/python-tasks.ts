// Python's coroutines that pile up: asyncio's tasks that do not end, and coroutines that were never awaited.
import type { HeapAnalysis } from '../analysis.ts';
import { grouped } from '../../quantities.ts';
import { groupAlike } from './alike.ts';
import type { Detector } from './finding.ts';

const leastCount = 100;
/** How a snapshot describes a coroutine that has not begun, and one that has come to its end. */
const notStarted = /, not started$/;
const ended = /, ended$/;

export const pythonTasks: Detector = ({ now, words }) => {
  const { graph } = now;
  if (graph.language.name !== 'python') return [];
  const coroutines = coroutinesOf(now);
  const ofTasks = new Set([...coroutines.values()]);
  const isCoroutine = graph.strings.indexOf('coroutine');
  const placeOf = (node: number) => `${words.names.describe(node)} ${words.names.place(node) ?? ''}`;
  const tasks = groupAlike(now, leastCount, (node) => {
    const coroutine = coroutines.get(node);
    return coroutine === undefined ? null : placeOf(coroutine);
  }).map(({ members, bytes }) => {
    const [node] = members;
    const coroutine = coroutines.get(node)!;
    return {
      className: words.className(node),
      place: words.names.sourcePlace(coroutine),
      count: members.length,
      bytes,
      node,
      summary: `${grouped(members.length)} tasks of \`${nameOf(now, coroutine)}\` have not ended`,
      chain: words.holder(node).chain,
      confidence: 0.6,
      because:
        'Each keeps its coroutine with all variables until what it waits for happens, or it is cancelled.',
    };
  });
  const forgotten = groupAlike(now, leastCount, (node) =>
    graph.nodeNames[node] === isCoroutine && !ofTasks.has(node) && notStarted.test(textOf(now, node))
      ? placeOf(node)
      : null,
  ).map(({ members, bytes }) => {
    const [node] = members;
    return {
      className: 'coroutine',
      place: words.names.sourcePlace(node),
      count: members.length,
      bytes,
      node,
      summary: `${grouped(members.length)} coroutines of \`${nameOf(now, node)}\` were made and never awaited`,
      chain: words.holder(node).chain,
      confidence: 0.7,
      because:
        'A coroutine does nothing until it is awaited or made a task, and keeps its arguments meanwhile.',
    };
  });
  return [...tasks, ...forgotten];
};

/** Per task that has not ended, its coroutine. */
function coroutinesOf(analysis: HeapAnalysis): Map<number, number> {
  const { graph } = analysis;
  const found = new Map<number, number>();
  const name = graph.strings.indexOf('_asyncio.Task');
  if (name < 0) return found;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeNames[node] !== name) continue;
    const coroutine = graph.childNamed(node, '_coro');
    if (coroutine >= 0 && !ended.test(textOf(analysis, coroutine))) found.set(node, coroutine);
  }
  return found;
}

/** The whole description, which the words of a window cut. */
const textOf = ({ graph }: HeapAnalysis, node: number) => graph.strings.get(graph.descriptions?.[node] ?? 0);

const nameOf = (analysis: HeapAnalysis, coroutine: number) =>
  textOf(analysis, coroutine).replace(notStarted, '') || 'a coroutine';
