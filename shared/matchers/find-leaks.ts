// Whether a function leaves objects behind: it is run again and again, and what grows with every run is leaked.
import { byType, findBackrefChain, isProperModule, typestats } from '../objgraph/index.ts';

/** The options of `toLeak`. */
export interface LeakOptions {
  /** Only instances of this type count; otherwise those of any type. */
  type?: string;
  /** How often to run the function (default 5), after two runs in which it may fill its caches. */
  runs?: number;
}

/** A type of which every run left instances behind. */
export interface Leak {
  type: string;
  /** Instances left behind by all runs together. */
  count: number;
  /** What keeps one of them: the objects from a module on, each with the name of its reference to the next. */
  chain: string;
}

const warmUp = 2;

/**
 * The types of which a function leaves at least one instance behind with every run, most first.
 *
 * @throws TypeError when `work` is no function or `runs` no positive whole number; what `work` throws
 */
export async function findLeaks(work: unknown, { type, runs = 5 }: LeakOptions = {}): Promise<Leak[]> {
  if (!isFunction(work))
    throw new TypeError(`toLeak: expect() takes a function, which toLeak runs: not ${typeof work}`);
  if (!Number.isInteger(runs) || runs < 1)
    throw new TypeError(`toLeak: runs is a positive whole number: not ${String(runs)}`);
  await repeat(work, warmUp);
  const known = new WeakSet(type === undefined ? [] : (byType(type) as object[]));
  // Two halves: what grows by chance (a cache, the test runner's own objects) does not grow with each run of both.
  const half = Math.ceil(runs / 2);
  const start = await settledStats();
  await repeat(work, half);
  const middle = await settledStats();
  await repeat(work, runs - half);
  const end = await settledStats();
  const leaks = Object.keys(end)
    .filter((name) => type === undefined || name === type)
    .filter((name) => grew(name, start, middle) >= half && grew(name, middle, end) >= runs - half)
    .map((name) => ({ type: name, count: grew(name, start, end) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return leaks.map((leak) => ({ ...leak, chain: describeChain(leak.type, known) }));
}

/** The counts once everything is gone that only waits for the event loop to turn. */
async function settledStats(): Promise<Record<string, number>> {
  await new Promise((turned) => void setImmediate(turned));
  return typestats();
}

const isFunction = (value: unknown): value is () => unknown => typeof value === 'function';

async function repeat(work: () => unknown, times: number): Promise<void> {
  for (let run = 0; run < times; run++) await work();
}

const grew = (type: string, before: Record<string, number>, after: Record<string, number>): number =>
  (after[type] ?? 0) - (before[type] ?? 0);

/** The chain to one that was not there before; where that is not known, to the one that V8 lists last. */
function describeChain(type: string, known: WeakSet<object>): string {
  const instances = byType(type) as object[];
  const leaked = instances.findLast((instance) => !known.has(instance)) ?? instances.at(-1);
  return findBackrefChain(leaked, isProperModule)
    .map((node) => (node.edge === undefined ? String(node) : `${String(node)} —${node.edge}→ `))
    .join('');
}

/** The message of a failed `expect(work).not.toLeak()`. */
export function describeLeaks(leaks: readonly Leak[], runs: number): string {
  const lines = leaks.map(({ type, count, chain }) => `  ${count} ${type}, kept by\n    ${chain}`);
  return `${runs} runs left behind\n${lines.join('\n')}`;
}
