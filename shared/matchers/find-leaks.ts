// Whether a function leaves objects behind: it is run again and again, and objects that came with one stretch of runs and
// are still there after the next are leaked. Objects are identified, not only counted: what the test runner frees
// meanwhile hides nothing.
import { byType, liveObjects, typestats } from '../objgraph/index.ts';
import { CollectionSizes } from './growing-collections.ts';
import { describeChain } from './leak-chain.ts';
import { findSites, type Leaking, type LeakSites } from './leak-sites.ts';
import { keptByMocksAlone } from './mock-records.ts';

/** The options of `toLeak` and `doesNotLeak`. */
export interface LeakOptions {
  /** Only instances of this type count; otherwise those of any type. */
  type?: string;
  /**
   * How often to run the function between two looks at the heap (default 5), after two runs in which it may fill its
   * caches. A cache that keeps the results of more than twice as many runs looks like a leak: raise it for such code.
   */
  runs?: number;
  /**
   * Whether a failure names the stacks that made what leaks (default true): the function is run as often once more, for half a
   * second at most.
   */
  sites?: boolean;
}

/** What a function leaves behind, and which lines make it: null where that was not asked. */
export interface Leaks {
  list: readonly Leak[];
  sites: LeakSites | null;
}

/** A type of which every run left instances behind. */
export interface Leak {
  type: string;
  /** What was left behind: instances of the type, or entries of one collection of that type. */
  what: 'instances' | 'entries';
  /** Those that came with one stretch of runs, and were still there after another one. */
  count: number;
  /** Runs in that stretch. */
  runs: number;
  /** Those that came with the next stretch of as many runs. */
  again: number;
  /** What keeps one of them: the objects from the test's file on, each with the name of its reference to the next; or null. */
  chain: string | null;
}

type Found = Leak & Leaking;

const warmUp = 2;
/** What keeps a type takes a heap snapshot to find: of further types, only the numbers are given. */
const maxChains = 3;
/** Types that are looked at object by object, those that grew most first. */
const maxTypes = 12;
/** Stretches of runs in each of which a collection has to become larger. */
const collectionStretches = 4;
/** Milliseconds. undici's clock ticks twice a second. */
const passingTime = 1200;
/** A net growth of this share of the runs is worth a closer look: the runner may have freed some meanwhile. */
const suspiciousShare = 0.5;

type Counts = Record<string, number>;

/**
 * The types of which a function leaves at least one instance behind with every run, most first. Clears the resource timings of
 * `performance`: Node keeps the last 250 requests of `fetch` there.
 *
 * @throws TypeError when `work` is no function or `runs` no positive whole number; Error where the process has no inspector; what
 *   `work` throws
 */
export async function findLeaks(
  work: unknown,
  { type, runs = 5, sites = true }: LeakOptions = {},
): Promise<Leaks> {
  if (!isFunction(work))
    throw new TypeError(`toLeak: expect() takes a function, which toLeak runs: not ${typeof work}`);
  if (!Number.isInteger(runs) || runs < 1)
    throw new TypeError(`toLeak: runs is a positive whole number: not ${String(runs)}`);
  await repeat(work, warmUp);
  const sizes = new CollectionSizes(collectionStretches + 1);
  const types = type === undefined ? await suspiciousTypes(work, runs, sizes) : [type];
  const leaks = types.length === 0 ? [] : await leakedInstances(work, types, runs);
  // What piles up in a collection is more of a leak than the collection; but where both grow, it is the same leak.
  const list = leaks.length > 0 || type !== undefined ? leaks : await leakedEntries(work, runs, sizes);
  if (list.length === 0 || !sites) return { list, sites: null };
  return { list, sites: await findSites(list.slice(0, maxChains), work, runs, settle) };
}

/** The types of which instances stay, looked at object by object. */
async function leakedInstances(
  work: () => unknown,
  types: readonly string[],
  runs: number,
): Promise<Found[]> {
  const found: Stayed[] = [];
  await settle();
  const newcomers = new Newcomers(types);
  await repeat(work, runs);
  await settle();
  const first = newcomers.look();
  await repeat(work, runs);
  await settle();
  const second = newcomers.look();
  for (const type of types) {
    // Those of the first stretch that V8 has freed since are gone from their references.
    const stayed = first.get(type)!.filter((reference) => reference.deref() !== undefined);
    const again = second.get(type)!.length;
    if (stayed.length >= runs && again >= runs) found.push({ type, stayed, again });
  }
  return withoutMocks(await withoutPassing(found, runs), runs)
    .sort((a, b) => b.stayed.length - a.stayed.length)
    .map(({ type: name, stayed, again }, i) => ({
      type: name,
      what: 'instances',
      count: stayed.length,
      runs,
      again,
      example: stayed.at(-1)?.deref(),
      chain: i < maxChains ? describeChain(stayed.at(-1)?.deref(), work) : null,
    }));
}

/** Collections that became larger with every run, though no objects stay: of texts, of numbers. */
async function leakedEntries(work: () => unknown, runs: number, sizes: CollectionSizes): Promise<Found[]> {
  let growing = sizes.growing(allObjects(), runs);
  for (let stretch = 2; stretch < collectionStretches && growing.length > 0; stretch++) {
    await repeat(work, runs);
    await settle();
    sizes.note(growing);
    growing = sizes.growing(growing, runs);
  }
  const ofMocks = growing.length > 0 ? keptByMocksAlone(growing) : null;
  const leaked = growing.filter((collection) => !ofMocks?.has(collection));
  return leaked.slice(0, maxTypes).map((collection, i) => {
    const [count, again] = sizes.steps(collection).slice(-2);
    const type = Object.keys(typestats({ objects: [collection] }))[0];
    return {
      type,
      what: 'entries',
      count,
      runs,
      again,
      example: collection,
      chain: i < maxChains ? describeChain(collection, work) : null,
    };
  });
}

/** Objects of a type that were there after the first stretch and the second, and how many the second left. */
interface Stayed {
  type: string;
  stayed: WeakRef<object>[];
  again: number;
}

/** Leaves out what is only kept until a clock ticks, as `fetch` keeps its cleared timers for up to a second. */
async function withoutPassing(found: readonly Stayed[], runs: number): Promise<Stayed[]> {
  if (found.length === 0) return [];
  await new Promise((passed) => void setTimeout(passed, passingTime));
  await settle();
  // Looking for them has V8 free what nothing refers to.
  const alive = new Set(objectsOf(found.map(({ type }) => type)));
  return found
    .map((one) => ({ ...one, stayed: one.stayed.filter((reference) => alive.has(reference.deref()!)) }))
    .filter(({ stayed }) => stayed.length >= runs);
}

/** Leaves out what nothing but the records of the runner's mocks keeps. */
function withoutMocks(found: readonly Stayed[], runs: number): Stayed[] {
  if (found.length === 0) return [];
  const ofMocks = keptByMocksAlone(targetsOf(found.flatMap(({ stayed }) => stayed)));
  return found
    .map((one) => ({ ...one, stayed: one.stayed.filter((reference) => !ofMocks.has(reference.deref()!)) }))
    .filter(({ stayed }) => stayed.length >= runs);
}

/** A function of its own: what is on the stack while the heap is looked at seems to be kept. */
function targetsOf(references: readonly WeakRef<object>[]): object[] {
  return references.map((reference) => reference.deref()).filter((object) => object !== undefined);
}

/** The types that may have grown with every run. Two stretches are compared: one may have coincided with the runner's work. */
async function suspiciousTypes(work: () => unknown, runs: number, sizes: CollectionSizes): Promise<string[]> {
  const counts: Counts[] = [await census(sizes)];
  for (let stretch = 0; stretch < 2; stretch++) {
    await repeat(work, runs);
    counts.push(await census(sizes));
  }
  const growth = (name: string, stretch: number) =>
    (counts[stretch + 1][name] ?? 0) - (counts[stretch][name] ?? 0);
  const most = (name: string) => Math.max(growth(name, 0), growth(name, 1));
  return Object.keys(counts[2])
    .filter((name) => most(name) >= suspiciousShare * runs)
    .sort((a, b) => most(b) - most(a))
    .slice(0, maxTypes);
}

async function census(sizes: CollectionSizes): Promise<Counts> {
  await settle();
  const objects = allObjects();
  sizes.note(objects);
  return typestats({ objects });
}

/** Waits until everything is gone that only waits for the event loop to turn. */
async function settle(): Promise<void> {
  // Node keeps the last 250 requests of `fetch` for performance.getEntries(): they are no leak. Its objects cannot be distinguished
  // apart from the program's, so that they are removed; documented in docs/leaks.md.
  performance.clearResourceTimings();
  for (let turn = 0; turn < 3; turn++) await new Promise((turned) => void setImmediate(turned));
}

/** References and lists of this file: the program's work did not make them. */
const ours = new WeakSet<object>();

/** @throws Error where V8 lists none: a snapshot has no objects to find again, so that every leak would pass */
function allObjects(): object[] {
  const objects = liveObjects();
  if (objects === null)
    throw new Error(
      'toLeak: a process without inspector, as with --permission, does not list its objects: run this test without it',
    );
  return objects;
}

/** All live objects; proxies are in no list of V8's. */
const objectsOf = (types: readonly string[]): object[] =>
  types.includes('Proxy') ? [...allObjects(), ...(byType('Proxy') as object[])] : allObjects();

/** What came between two looks at the heap. One look is for all types: in a heap as large as Jest's, it takes a second. */
class Newcomers {
  readonly #known: WeakSet<object>;

  constructor(private readonly types: readonly string[]) {
    this.#known = new WeakSet(objectsOf(types));
  }

  /** Those since the look before, by type. */
  look(): Map<string, WeakRef<object>[]> {
    const objects = objectsOf(this.types).filter((object) => !this.#known.has(object) && !ours.has(object));
    for (const object of objects) this.#known.add(object);
    const found = new Map(
      this.types.map((type) => [type, referencesTo(byType(type, { objects }) as object[])]),
    );
    ours.add(found);
    return found;
  }
}

function referencesTo(objects: readonly object[]): WeakRef<object>[] {
  const references: WeakRef<object>[] = [];
  ours.add(references);
  for (const object of objects) {
    const reference = new WeakRef(object);
    ours.add(reference);
    references.push(reference);
  }
  return references;
}

const isFunction = (value: unknown): value is () => unknown => typeof value === 'function';

async function repeat(work: () => unknown, times: number): Promise<void> {
  for (let run = 0; run < times; run++) await work();
}

/** The message of a failed `expect(work).not.toLeak()`. */
export function describeLeaks({ list, sites }: Leaks): string {
  const lines = list.flatMap(({ type, what, count, chain }) => {
    const left = what === 'instances' ? `${count} ${type}` : `${count} entries of one ${type}`;
    const site = sites?.exact.get(type);
    return [
      ...(chain === null ? [`  ${left}`] : [`  ${left}, kept by`, `    ${chain}`]),
      ...(site === undefined ? [] : [`    made by ${site}`]),
    ];
  });
  const { runs } = list[0];
  const again = `All of them were still there after ${runs} more runs. ${howSure(list)}`;
  return [`${runs} runs left behind`, ...lines, ...describeEstimate(sites), again].join('\n');
}

/** V8 samples functions, not objects. */
function describeEstimate(sites: LeakSites | null): string[] {
  if (!sites?.estimate) return [];
  if (sites.estimate.length === 0) return ['  which line allocated it is not known'];
  return [
    '  what stays was allocated by (an estimate, by bytes)',
    ...sites.estimate.map((site) => `    ${site}`),
  ];
}

/** A stretch that leaves as many as the one before it, the same number with each run, is no chance. */
function howSure(leaks: readonly Leak[]): string {
  const { runs } = leaks[0];
  const isEven = leaks.some(({ count, again }) => count === again && count % runs === 0);
  const verdict = isEven
    ? 'Sure: each run left as many, and none of them was removed.'
    : 'Likely: each run left some, but not as many in each stretch.';
  const stretches = leaks[0].what === 'entries' ? collectionStretches : 2;
  return `${verdict} Only a cache for more than ${warmUp + stretches * runs} results looks the same: raise \`runs\` to tell.`;
}
