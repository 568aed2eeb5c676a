// Which lines make what leaks: some more runs of a function that has been found to leak. A breakpoint on the constructor, whose
// condition never pauses, has the exact stack of each object; of what has no constructor in JavaScript (literals, closures, Maps)
// V8's sampling profiler knows which functions allocated what is left, but not which object it was: that is an estimate.
import { isProxy } from 'node:util/types';
import { shortPath } from '../heap/short-path.ts';
import { process } from '../objgraph/node-modules.ts';
import { Inspector, mainRealm, withExpression } from '../objgraph/inspector.ts';
import { functionPlace } from '../objgraph/function-place.ts';
import { FrameNames, type Frame } from '../objgraph/original-names.ts';
import { workingFolder } from '../objgraph/working-folder.ts';
import { filePath } from '../source-maps/source-text.ts';
import { isOfRunner } from './leak-chain.ts';

/** A type of which objects leak: one of them, or the collection whose entries pile up. */
export interface Leaking {
  type: string;
  what: 'instances' | 'entries';
  example: object | undefined;
}

export interface LeakSites {
  /** Per type, the stack that made it; with its share where there are several. */
  exact: ReadonlyMap<string, string>;
  /** Stacks that allocated what the runs left, with their share of its bytes; null where every type has its stack. */
  estimate: readonly string[] | null;
}

/** Functions of a stack that are shown. */
const maxFrames = 3;
const maxStacks = 3;
/** Milliseconds after which no further run begins: the runner's limit for the test must not hide what leaks. */
const maxTime = 500;
/** Milliseconds of the processor. A run that takes longer allocates too much for every allocation to be recorded. */
const shortRun = 10;
const sampledBytes = 64;
const stackDepth = 32;

const ownFile = filePath(import.meta.url);

/** Runs the work some more times. The program is left as it was. */
export async function findSites(
  leaks: readonly Leaking[],
  work: () => unknown,
  runs: number,
  settle: () => Promise<void>,
): Promise<LeakSites> {
  const inspector = Inspector.open();
  if (inspector === null) return { exact: new Map(), estimate: [] };
  const rest = async (): Promise<void> => {
    await settle();
    await collectGarbage(inspector);
  };
  const exact = new Map<string, string>();
  let estimate: string[] | null = null;
  try {
    const names = new FrameNames(inspector);
    const run = () => runForSites(work, runs);
    for (const { type, stacks } of await recordMakers(inspector, leaks, run, rest)) {
      const [most] = shares(stacks, names);
      if (most !== undefined) exact.set(type, most);
    }
    if (exact.size < leaks.length) {
      estimate = [];
      const stacks = await sampleAllocations(inspector, await samplingInterval(work), run, rest);
      estimate = shares(stacks, names).slice(0, maxStacks);
    }
  } catch {
    // What leaks is known already, and is what the test reports.
  } finally {
    inspector.close();
  }
  return { exact, estimate };
}

/** The stacks of the objects that stay, of classes that are written in JavaScript. */
async function recordMakers(
  inspector: Inspector,
  leaks: readonly Leaking[],
  run: () => Promise<void>,
  rest: () => Promise<void>,
): Promise<{ type: string; stacks: WeightedStack[] }[]> {
  const classes = leaks
    .filter(({ what }) => what === 'instances')
    .flatMap(({ type, example }) => {
      const base = example && baseConstructor(inspector, example);
      return base ? [{ type, ...base, recorder: new Recorder(base) }] : [];
    });
  if (classes.length === 0) return [];
  const remove = setBreakpoints(inspector, classes);
  try {
    await run();
  } finally {
    remove();
  }
  await rest();
  return classes.map(({ type, recorder }) => ({ type, stacks: recorder.alive() }));
}

/** Its name ends the stacks of what is tested. */
async function runForSites(work: () => unknown, runs: number): Promise<void> {
  const end = performance.now() + maxTime;
  try {
    for (let run = 0; run < runs && performance.now() < end; run++) await work();
  } catch {
    // As above.
  }
}

/** V8 answers when the stack is empty. */
const collectGarbage = (inspector: Inspector): Promise<void> =>
  new Promise((done) => inspector.session.post('HeapProfiler.collectGarbage', () => done()));

async function samplingInterval(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await runForSites(work, 1);
  const { user, system } = process.cpuUsage(before);
  return user + system > shortRun * 1000 ? sampledBytes : 1;
}

interface BaseConstructor {
  base: object;
  /** Of the class itself; null where its objects cannot be seen when they are made. */
  prototype: object | null;
  /** Of the class and those that it extends: their constructors are no makers. */
  names: readonly string[];
}

/** The constructor in which objects of a class begin; null for classes that are not written in JavaScript. Runs nothing of the program. */
function baseConstructor(inspector: Inspector, example: object): BaseConstructor | null {
  if (isProxy(example)) return null;
  const prototype = Object.getPrototypeOf(example) as object | null;
  if (prototype === null || isProxy(prototype)) return null;
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (!isJavaScript(inspector, constructor)) return null;
  const own = { base: constructor, prototype: null, names: [nameOf(constructor)] };
  const names: string[] = [];
  for (let base = constructor; ;) {
    names.push(nameOf(base));
    const parent: unknown = Object.getPrototypeOf(base);
    if (typeof parent !== 'function' || isProxy(parent)) return own;
    const above: unknown = Object.getPrototypeOf(parent);
    if (isProxy(above)) return own;
    // Functions have no more above them: the base class.
    if (Object.getPrototypeOf(above) === null) return { base, prototype, names };
    if (!isJavaScript(inspector, parent)) return own;
    base = parent;
  }
}

function nameOf(constructor: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(constructor, 'name')?.value;
  return typeof name === 'string' ? name : '';
}

const isJavaScript = (inspector: Inspector, value: unknown): value is () => unknown =>
  typeof value === 'function' && !isProxy(value) && functionPlace(inspector, value) !== null;

/** Notes the stack of each object of a class while it is made. It holds none of them. */
class Recorder {
  readonly #stacks: { frames: Frame[]; object: WeakRef<object> | null }[] = [];

  constructor(private readonly made: BaseConstructor) {}

  readonly record = (object?: unknown): false => {
    try {
      const { prototype, names } = this.made;
      const isSeen = typeof object === 'object' && object !== null;
      if (prototype !== null && !(isSeen && Object.getPrototypeOf(object) === prototype)) return false;
      this.#stacks.push({
        frames: framesNow(this.record, names),
        object: isSeen ? new WeakRef(object) : null,
      });
    } catch {
      // A program that forbids to read its stack.
    }
    return false;
  };

  /** The stacks of objects that are still there: of all of them, where none was seen. */
  alive(): WeightedStack[] {
    return this.#stacks
      .filter(({ object }) => object === null || object.deref() !== undefined)
      .map(({ frames }) => ({ frames, weight: 1 }));
  }
}

/** The calls on the stack, from the one that made the object on. */
function framesNow(below: (object?: unknown) => false, names: readonly string[]): Frame[] {
  const kept = ['prepareStackTrace', 'stackTraceLimit'].map(
    (name) => [name, Object.getOwnPropertyDescriptor(Error, name)] as const,
  );
  let sites: NodeJS.CallSite[] = [];
  const define = (name: string, value: unknown) =>
    Object.defineProperty(Error, name, { value, configurable: true, writable: true });
  try {
    define('prepareStackTrace', (_error: unknown, calls: NodeJS.CallSite[]) => ((sites = calls), ''));
    define('stackTraceLimit', stackDepth);
    const holder = { stack: '' };
    // Its stack is made when it is first read.
    Error.captureStackTrace(holder, below);
    void holder.stack;
  } finally {
    for (const [name, descriptor] of kept)
      if (descriptor) Object.defineProperty(Error, name, descriptor);
      else Reflect.deleteProperty(Error, name);
  }
  // The condition itself, and the base class; then the constructors of classes that extend it.
  let first = 2;
  while (first < sites.length && isConstructorOf(sites[first], names)) first++;
  return sites.slice(first).map((site) => {
    const { getEnclosingLineNumber, getEnclosingColumnNumber } = site as Partial<
      Record<'getEnclosingLineNumber' | 'getEnclosingColumnNumber', () => number>
    >;
    return {
      name: certainName(site.getFunctionName() ?? ''),
      script: site.getScriptNameOrSourceURL() ?? '',
      line: (site.getLineNumber() ?? 0) - 1,
      column: (site.getColumnNumber() ?? 0) - 1,
      start: {
        line: (getEnclosingLineNumber?.call(site) ?? 0) - 1,
        column: (getEnclosingColumnNumber?.call(site) ?? 0) - 1,
      },
    };
  });
}

const isConstructorOf = (site: NodeJS.CallSite, names: readonly string[]): boolean =>
  site.isConstructor() && names.includes(site.getFunctionName() ?? '');

/** What V8 infers where a function has no name, `exports.open`, may be that of something beside it. */
const certainName = (name: string): string => (name.includes('.') ? '' : name);

/** @returns removes them, and leaves nothing behind */
function setBreakpoints(
  inspector: Inspector,
  classes: readonly (BaseConstructor & { recorder: Recorder })[],
): () => void {
  if (classes.length === 0) return () => {};
  // Both where the library was loaded, as by Jest into a context of its own, and where Node's own classes are.
  const realms = new Set([globalThis, mainRealm().globalThis]);
  const keys = classes.map((_, i) => `objgraph sites ${process.hrtime.bigint()} ${i}`);
  const remove = (): void => {
    inspector.post('Debugger.disable');
    for (const realm of realms) for (const key of keys) Reflect.deleteProperty(realm, key);
  };
  inspector.post('Debugger.enable');
  inspector.post('Debugger.setSkipAllPauses', { skip: true });
  classes.forEach(({ base, prototype, recorder }, i) => {
    for (const realm of realms)
      Reflect.defineProperty(realm, keys[i], {
        value: recorder.record,
        configurable: true,
        enumerable: false,
      });
    const condition = `globalThis[${JSON.stringify(keys[i])}](${prototype === null ? '' : 'this'})`;
    withExpression(base, (expression) => {
      const objectId = inspector.evaluate(expression);
      try {
        inspector.post('Debugger.setBreakpointOnFunctionCall', { objectId, condition });
      } catch {
        // V8 takes one breakpoint a function: of two classes with one base, the first has stacks.
      }
    });
  });
  return remove;
}

/** `HeapProfiler.SamplingHeapProfile`. */
interface SamplingProfile {
  head: SampledNode;
  samples: { size: number; nodeId: number }[];
}

/** A function, not a call. */
interface SampledNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  children: SampledNode[];
}

/** The stacks of what stays, by bytes. Empty while another client samples: V8 has one sampling profiler, and this would stop it. */
async function sampleAllocations(
  inspector: Inspector,
  samplingInterval: number,
  run: () => Promise<void>,
  rest: () => Promise<void>,
): Promise<WeightedStack[]> {
  if (isSampled(inspector)) return [];
  inspector.post('HeapProfiler.startSampling', { samplingInterval, stackDepth });
  let profile: unknown;
  try {
    await run();
    await rest();
  } finally {
    ({ profile } = inspector.post('HeapProfiler.stopSampling'));
  }
  return stacksOf(profile as SamplingProfile);
}

function isSampled(inspector: Inspector): boolean {
  try {
    inspector.post('HeapProfiler.getSamplingProfile');
    return true;
  } catch {
    return false;
  }
}

function stacksOf({ head, samples }: SamplingProfile): WeightedStack[] {
  const bytes = new Map<number, number>();
  for (const { size, nodeId } of samples) bytes.set(nodeId, (bytes.get(nodeId) ?? 0) + size);
  const stacks: WeightedStack[] = [];
  const open: { node: SampledNode; frames: Frame[] }[] = [{ node: head, frames: [] }];
  for (let next; (next = open.pop()) !== undefined;) {
    const { node, frames: callers } = next;
    const { functionName: name, url: script, lineNumber: line, columnNumber: column } = node.callFrame;
    const frames = [{ name, script, line, column, start: { line, column } }, ...callers];
    const weight = bytes.get(node.id);
    if (weight !== undefined) stacks.push({ frames, weight });
    for (const child of node.children) open.push({ node: child, frames });
  }
  return stacks;
}

interface WeightedStack {
  frames: readonly Frame[];
  weight: number;
}

/** Stacks in words, the heaviest first, each with its share where there are several. */
function shares(stacks: readonly WeightedStack[], names: FrameNames): string[] {
  const weights = new Map<string, number>();
  let total = 0;
  for (const { frames, weight } of stacks) {
    const text = inWords(frames, names);
    if (text === '') continue;
    weights.set(text, (weights.get(text) ?? 0) + weight);
    total += weight;
  }
  return [...weights]
    .sort((a, b) => b[1] - a[1])
    .map(([text, weight]) => (weight === total ? text : `${text} (${Math.round((100 * weight) / total)} %)`));
}

/** The program's own functions, from the innermost one to the function that is tested; empty where there is none. */
function inWords(frames: readonly Frame[], names: FrameNames): string {
  const end = frames.findIndex(({ name }) => name === runForSites.name);
  const tested = frames.slice(0, end < 0 ? frames.length : end);
  // What the matcher itself allocates meanwhile.
  if (tested.some(({ script }) => (filePath(script) ?? script) === ownFile)) return '';
  const own = tested.filter(({ script, line }) => script !== '' && line >= 0 && !isOfRunner(script));
  return own
    .slice(0, maxFrames)
    .map((frame) => {
      const { name, script, line } = names.of(frame);
      const at = shortPath(script, workingFolder());
      return `${name || '(anonymous)'} ${line === null ? at : `${at}:${line}`}`;
    })
    .join(' ← ');
}
