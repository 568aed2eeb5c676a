// What runs in the target while the makers of a class are recorded: a breakpoint's condition calls it, and never pauses. It holds
// no object, only weak references, and removes itself when no request has come for a while, so that a killed objgraph leaves nothing in the target.
import { randomUUID } from 'node:crypto';
import { asCount, asFields, asList, asText, type Fields } from '../targets/reply.ts';
import type { Channel } from '../targets/conversation.ts';
import { TargetError } from '../targets/target.ts';

/** Seconds without a question after which it removes itself. */
const longestSilence = 10;

export interface RecorderLimits {
  /** Hits that one turn may cost: further ones return at once. */
  burst: number;
  /** Objects that are recorded in all. */
  most: number;
  /** Functions of each stack. */
  stackDepth: number;
}

/** The function of a call, its script's name, and places that count from 1; null where V8 does not say. */
export type RecordedCall = [
  functionName: string,
  script: string,
  line: number,
  column: number,
  functionLine: number | null,
  functionColumn: number | null,
];

export interface RecordedStack {
  calls: RecordedCall[];
  made: number;
  /** Null where the class gives no hold of its objects. */
  alive: number | null;
}

interface Installed {
  record(seesThis: boolean, object?: unknown): false;
  state(starts: boolean): { hits: number; recorded: number };
  result(): { stacks: { calls: RecordedCall[]; made: number; alive: number | null }[] };
  remove(): void;
}

/**
 * Run in the target, as a method of the class. Of the program it changes nothing but a property of the global object that no
 * enumeration shows.
 */
function install(
  this: { prototype: unknown },
  key: string,
  names: string[],
  { burst, most, stackDepth }: RecorderLimits,
  silence: number,
): string {
  if (typeof setInterval !== 'function') return 'no timers';
  const prototype: unknown = Object.getOwnPropertyDescriptor(this, 'prototype')?.value;
  const stacks = new Map<
    string,
    { calls: RecordedCall[]; made: number; refs: WeakRef<object>[]; unknown: number }
  >();
  let hits = 0;
  let recorded = 0;
  let silent = 0;
  const callsNow = (): NodeJS.CallSite[] => {
    const kept = ['prepareStackTrace', 'stackTraceLimit'].map(
      (name) => [name, Object.getOwnPropertyDescriptor(Error, name)] as const,
    );
    let calls: NodeJS.CallSite[] = [];
    const define = (name: string, value: unknown) =>
      Object.defineProperty(Error, name, { value, configurable: true, writable: true });
    try {
      define('prepareStackTrace', (_error: unknown, sites: NodeJS.CallSite[]) => ((calls = sites), ''));
      define('stackTraceLimit', stackDepth + names.length + 2);
      const holder = { stack: '' };
      // Its stack is made when it is first read.
      Error.captureStackTrace(holder, record);
      void holder.stack;
    } finally {
      for (const [name, descriptor] of kept)
        if (descriptor) Object.defineProperty(Error, name, descriptor);
        else delete (Error as unknown as Record<string, unknown>)[name];
    }
    return calls;
  };
  function record(seesThis: boolean, object: unknown): false {
    const isSeen = typeof object === 'object' && object !== null;
    hits++;
    if (hits > burst || recorded >= most) return false;
    // Of another class that extends the same one; or a function that was called without `new`.
    if (seesThis && (!isSeen || Object.getPrototypeOf(object) !== prototype)) return false;
    try {
      const sites = callsNow();
      // The condition itself, then the constructors from the base class to this one.
      let first = 1;
      for (let i = 0; i < names.length; i++) {
        const site = sites[first] as NodeJS.CallSite | undefined;
        if (site && (i === 0 || (site.isConstructor() && names.includes(site.getFunctionName() ?? ''))))
          first++;
      }
      const calls = sites.slice(first, first + stackDepth).map((site): RecordedCall => {
        const enclosing = site as unknown as {
          getEnclosingLineNumber?(): number;
          getEnclosingColumnNumber?(): number;
        };
        return [
          site.getFunctionName() ?? '',
          site.getScriptNameOrSourceURL() ?? '',
          site.getLineNumber() ?? 0,
          site.getColumnNumber() ?? 0,
          enclosing.getEnclosingLineNumber?.() ?? null,
          enclosing.getEnclosingColumnNumber?.() ?? null,
        ];
      });
      const text = JSON.stringify(calls);
      let stack = stacks.get(text);
      if (!stack) stacks.set(text, (stack = { calls, made: 0, refs: [], unknown: 0 }));
      stack.made++;
      recorded++;
      if (isSeen) stack.refs.push(new WeakRef(object));
      else stack.unknown++;
    } catch {
      // A program that forbids to read its stack: nothing is recorded, and it goes on.
    }
    return false;
  }
  const timer = setInterval(() => {
    if (++silent > silence) remove();
  }, 1000);
  (timer as { unref?(): void }).unref?.();
  function remove(): void {
    clearInterval(timer);
    stacks.clear();
    delete (globalThis as unknown as Record<string, unknown>)[key];
  }
  const value: Installed = {
    record,
    remove,
    state(starts) {
      silent = 0;
      if (starts) hits = 0;
      return { hits, recorded };
    },
    result: () => ({
      stacks: [...stacks.values()].map(({ calls, made, refs, unknown }) => ({
        calls,
        made,
        alive: unknown > 0 ? null : refs.filter((ref) => ref.deref() !== undefined).length,
      })),
    }),
  };
  const isSet = Reflect.defineProperty(globalThis, key, { value, configurable: true, enumerable: false });
  return isSet ? 'set' : 'frozen';
}

/** The class is of a global object without timers, as `node:vm` makes them: nothing would remove there what records its objects. */
export class OtherContextError extends TargetError {}

export class Recorder {
  /** Nothing but `globalThis` may be named in it: any other name can be the program's own where the condition runs. */
  readonly #at: string;

  private constructor(
    private readonly channel: Channel,
    key: string,
  ) {
    this.#at = `globalThis[${JSON.stringify(key)}]`;
  }

  /**
   * @param constructorId the class, as the inspector's object
   * @param names of the classes from this one to its base, for their constructors are no makers
   * @throws TargetError
   */
  static async install(
    channel: Channel,
    constructorId: string,
    names: readonly string[],
    limits: RecorderLimits,
  ): Promise<Recorder> {
    const key = `objgraph sites ${randomUUID()}`;
    const { result, exceptionDetails } = await channel.post('Runtime.callFunctionOn', {
      objectId: constructorId,
      functionDeclaration: String(install),
      arguments: [key, names, limits, longestSilence].map((value) => ({ value })),
      returnByValue: true,
      silent: true,
    });
    const { value: outcome } = asFields(result);
    if (outcome === 'no timers') throw new OtherContextError('it is of another global object (node:vm)');
    if (exceptionDetails || outcome !== 'set')
      throw new TargetError(
        'the program forbids what records its objects: its global object takes no new properties',
      );
    return new Recorder(channel, key);
  }

  /** The condition of a breakpoint in the base class: it never pauses. @param seesThis false before `super()` */
  condition(seesThis: boolean): string {
    return `${this.#at}.record(${seesThis ? 'true, this' : 'false'})`;
  }

  /** How often the breakpoint was hit since the last start, and how many objects are recorded. */
  async state(starts = false): Promise<{ hits: number; recorded: number }> {
    const { hits, recorded } = await this.#ask(`state(${starts})`);
    return { hits: asCount(hits), recorded: asCount(recorded) };
  }

  /** What was recorded, and how many of it are alive. */
  async result(): Promise<RecordedStack[]> {
    const { stacks } = await this.#ask('result()');
    return asList(stacks, (value) => {
      const { calls, made, alive } = asFields(value);
      return {
        calls: asList(calls, asCall),
        made: asCount(made),
        alive: alive === null ? null : asCount(alive),
      };
    });
  }

  /** Nothing of it stays. Never throws. */
  async remove(): Promise<void> {
    await this.#ask('remove()').catch(() => {});
  }

  async #ask(call: string): Promise<Fields> {
    const { result, exceptionDetails } = await this.channel.post('Runtime.evaluate', {
      expression: `${this.#at}.${call}`,
      returnByValue: true,
      silent: true,
    });
    if (exceptionDetails) throw new TargetError('the program removed what records its objects');
    return asFields(asFields(result).value ?? {});
  }
}

function asCall(value: unknown): RecordedCall {
  const [name, script, line, column, functionLine, functionColumn] = asList(value, (part) => part);
  const place = (number: unknown) => (typeof number === 'number' ? number : null);
  return [
    asText(name),
    asText(script),
    asCount(line),
    asCount(column),
    place(functionLine),
    place(functionColumn),
  ];
}
