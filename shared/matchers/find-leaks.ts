// Whether a function leaves objects behind: it is run again and again, and what grows with every run is leaked.
import { byType, findBackrefChain, isProperModule, typestats } from '../objgraph/index.ts';

/** The options of `toLeak`. */
export interface LeakOptions {
  /** Only instances of this type count; otherwise those of any type. */
  type?: string;
  /**
   * How often to run the function (default 5), after two runs in which it may fill its caches; twice as often to make
   * sure of a leak.
   */
  runs?: number;
}

/** A type of which every run left instances behind. */
export interface Leak {
  type: string;
  /** Instances left behind by all runs together. */
  count: number;
  /** What keeps one of them: the objects from a module on, each with the name of its reference to the next; or null. */
  chain: string | null;
}

const warmUp = 2;
/** Telling what keeps a type takes a heap snapshot: of further types, only the numbers are told. */
const mostChains = 3;

type Counts = Record<string, number>;

/**
 * The types of which a function leaves at least one instance behind with every run, most first.
 *
 * When something grew, the function runs as often again: what grows by chance (a cache, the test runner's own objects)
 * does not grow as much twice.
 *
 * @throws TypeError when `work` is no function or `runs` no positive whole number; what `work` throws
 */
export async function findLeaks(work: unknown, { type, runs = 5 }: LeakOptions = {}): Promise<Leak[]> {
  if (!isFunction(work))
    throw new TypeError(`toLeak: expect() takes a function, which toLeak runs: not ${typeof work}`);
  if (!Number.isInteger(runs) || runs < 1)
    throw new TypeError(`toLeak: runs is a positive whole number: not ${String(runs)}`);
  const known = new WeakSet<object>();
  await repeat(work, warmUp);
  const start = await census(type, known);
  await repeat(work, runs);
  const middle = await census(type, known);
  const grown = grownTypes(start, middle, runs);
  if (grown.length === 0) return [];
  await repeat(work, runs);
  const grownAgain = new Set(grownTypes(middle, await census(type), runs));
  return grown
    .filter((name) => grownAgain.has(name))
    .map((name) => ({ type: name, count: growth(name, start, middle) }))
    .sort((a, b) => b.count - a.count)
    .map((leak, i) => ({ ...leak, chain: i < mostChains ? describeChain(leak.type, known) : null }));
}

/** Counts once everything is gone that only waits for the event loop to turn; notes the objects if one type counts. */
async function census(type: string | undefined, known?: WeakSet<object>): Promise<Counts> {
  await new Promise((turned) => void setImmediate(turned));
  if (type === undefined) return typestats();
  const instances = byType(type) as object[];
  for (const instance of instances) known?.add(instance);
  return { [type]: instances.length };
}

const isFunction = (value: unknown): value is () => unknown => typeof value === 'function';

async function repeat(work: () => unknown, times: number): Promise<void> {
  for (let run = 0; run < times; run++) await work();
}

const growth = (type: string, before: Counts, after: Counts): number =>
  (after[type] ?? 0) - (before[type] ?? 0);

/** The types that grew by one with each of so many runs. */
const grownTypes = (before: Counts, after: Counts, runs: number): string[] =>
  Object.keys(after).filter((type) => growth(type, before, after) >= runs);

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
  const lines = leaks.map(({ type, count, chain }) =>
    chain === null ? `  ${count} ${type}` : `  ${count} ${type}, kept by\n    ${chain}`,
  );
  return `${runs} runs left behind\n${lines.join('\n')}`;
}
