// V8's inspector, spoken to from inside the inspected thread itself: commands answer before `post` returns, which is
// what makes a synchronous library possible. Source: Chrome DevTools Protocol, domains Runtime and HeapProfiler.
import { isProxy } from 'node:util/types';
import type { Session } from 'node:inspector';
import { loadInspector } from './node-modules.ts';

/** One session with this thread's own inspector. */
export class Inspector {
  private constructor(readonly session: Session) {}

  /** A connected session; null where the process has no inspector or does not allow it (`--permission`). */
  static open(): Inspector | null {
    try {
      const session = new (loadInspector().Session)();
      session.connect();
      return new Inspector(session);
    } catch {
      return null;
    }
  }

  /** Sends a command and gives its result; throws what the inspector answers. */
  post(method: string, params: object = {}): Record<string, unknown> {
    answer.error = new Error(`${method} did not answer synchronously`);
    this.session.post(method, params, takeAnswer);
    const { error, result } = answer;
    answer.error = answer.result = null;
    if (error) throw error;
    return result as Record<string, unknown>;
  }

  /** How many JavaScript contexts this thread has: the main one, and those of `node:vm`, some of which may be freed already. */
  countContexts(): number {
    let count = 0;
    const note = (): void => void count++;
    this.session.on('Runtime.executionContextCreated', note);
    this.post('Runtime.enable');
    this.post('Runtime.disable');
    this.session.off('Runtime.executionContextCreated', note);
    return count;
  }

  /**
   * The ids of the contexts of `node:vm` that were made of some objects. V8's own list would not do: contexts that are freed are
   * in it until the program goes on, and since Node 24 V8 crashes when it is asked anything there.
   *
   * @param run runs a text as a script of this name in the context of a sandbox
   */
  contextsOf<Sandbox>(
    sandboxes: readonly Sandbox[],
    run: (sandbox: Sandbox, text: string, filename: string) => void,
  ): number[] {
    if (sandboxes.length === 0) return [];
    const ids = new Map<string, number>();
    const note = ({ params }: { params: { url: string; executionContextId: number } }): void => {
      ids.set(params.url, params.executionContextId);
    };
    this.post('Debugger.enable');
    this.session.on('Debugger.scriptParsed', note as (message: object) => void);
    try {
      return sandboxes.map((sandbox) => {
        // V8 reports no script that it knows.
        const name = `objgraph:context/${process.hrtime.bigint()}/${scripts++}`;
        run(sandbox, `0 // ${name}`, name);
        return ids.get(name)!;
      });
    } finally {
      this.session.off('Debugger.scriptParsed', note as (message: object) => void);
      this.post('Debugger.disable');
    }
  }

  /** V8's id of a live object: 0 while it has none, because no snapshot was taken since it was made. */
  idOf(object: unknown): number {
    const objectId = withExpression(object, (expression) => this.evaluate(expression));
    if (objectId === undefined) return 0;
    return Number(this.post('HeapProfiler.getHeapObjectId', { objectId }).heapSnapshotObjectId);
  }

  /** The live object with an id; undefined when it is gone. Looks through the whole heap. */
  objectWithId(id: number): unknown {
    try {
      const { result } = this.post('HeapProfiler.getObjectByHeapObjectId', {
        objectId: String(id),
        objectGroup: 'objgraph',
      });
      return receive(this, (result as { objectId: string }).objectId, giveThis);
    } catch {
      return undefined;
    }
  }

  /** The handle of the value of an expression in a context. */
  evaluate(expression: string, contextId?: number): string | undefined {
    evaluation.expression = expression;
    evaluation.contextId = contextId;
    const { result } = this.post('Runtime.evaluate', evaluation);
    return (result as { objectId?: string }).objectId;
  }

  /** Handles are references: dropping them lets what they hold go. */
  releaseHandles(): void {
    this.post('Runtime.releaseObjectGroup', { objectGroup: 'objgraph' });
  }

  close(): void {
    this.session.disconnect();
  }
}

// What every question sends is made once: of a literal that runs again and again, V8 keeps a pattern, which is one more
// object to count, and comes at whatever moment V8 chooses.
const evaluation = {
  expression: '',
  contextId: undefined as number | undefined,
  objectGroup: 'objgraph',
};
const receiverArgument = { objectId: undefined as string | undefined };
const call = {
  objectId: '',
  functionDeclaration: '',
  arguments: [receiverArgument],
  objectGroup: 'objgraph',
};
/** A program may have set Object.prototype.get, which every other descriptor would have. */
const doorHandle: PropertyDescriptor = Object.assign(Object.create(null) as PropertyDescriptor, {
  value: undefined,
  configurable: true,
  enumerable: false,
});

/** How many scripts `contextsOf` has run. */
let scripts = 0;

/** What the inspector answered last; in a place of its own, so that no command makes a closure. */
const answer: { error: Error | null; result: object | null } = { error: null, result: null };

function takeAnswer(error: Error | null, result: object | undefined): void {
  answer.error = error;
  answer.result = result ?? {};
}

/** Hands `this` to the receiver, without a wrapper where it is a primitive value. */
export const giveThis = "function (receive) { 'use strict'; receive(this) }";

const door = Symbol.for('objgraph.door');
/**
 * Where a value can be laid down so that both sides see it: the first that is not frozen. The global object comes last:
 * the program that made a context of node:vm may watch what is done to its one.
 */
const doors = ['Math', 'Reflect', 'JSON', 'globalThis'] as const;

/** Runs `use` with an expression that gives `value` inside the inspector; nothing stays behind. */
export function withExpression<T>(value: unknown, use: (expression: string) => T, builtIns = mainRealm()): T {
  const name = doors.find((one) => Object.isExtensible(builtIns[one]));
  if (!name)
    throw new Error('objgraph cannot reach the inspector: globalThis, Math, Reflect and JSON are all frozen');
  const place = builtIns[name];
  doorHandle.value = value;
  Object.defineProperty(place, door, doorHandle);
  doorHandle.value = undefined;
  try {
    return use(`${name}[Symbol.for('objgraph.door')]`);
  } finally {
    Reflect.deleteProperty(place, door);
  }
}

type Realm = Pick<typeof globalThis, (typeof doors)[number]>;

/**
 * The globals of the main context, which the inspector sees: not ours, where the library itself was loaded into a context
 * of node:vm (as Jest does). Node's own functions come from the main context, and lead there.
 */
export function mainRealm(): Realm {
  return (realms.main ??= findMainRealm());
}

const realms: { main: Realm | null } = { main: null };

function findMainRealm(): Realm {
  try {
    const MainFunction = isProxy.constructor as FunctionConstructor;
    const realm = new MainFunction('return { globalThis, Math, Reflect, JSON }') as () => Realm;
    return realm();
  } catch {
    // A process may forbid code from strings; then the library is where it seems to be.
    return ownRealm;
  }
}

/** The globals of the context that the library was loaded into. */
const ownRealm: Realm = { globalThis, Math, Reflect, JSON };

/** The context that the library was loaded into, where that is none that sees the inspector: one of `node:vm`, as in Jest. */
export function ownContext(inspector: Inspector): number | undefined {
  if (mainRealm().globalThis === globalThis) return undefined;
  const OwnFunction = ownContext.constructor as FunctionConstructor;
  const compile = (_: unknown, text: string, name: string): void =>
    void new OwnFunction(`${text}\n//# sourceURL=${name}`);
  try {
    return inspector.contextsOf([globalThis], compile)[0];
  } catch {
    // It may forbid code from strings.
    return undefined;
  }
}

/**
 * The live values behind a handle of the main context, through `declaration`: a function of `this` and a receiver.
 *
 * @param context the context that the library was loaded into, for a handle of that one
 */
export function receive(
  inspector: Inspector,
  objectId: string,
  declaration: string,
  context?: number,
): unknown {
  let received: unknown;
  const receiver = (value: unknown): void => {
    received = value;
  };
  const give = (expression: string): void => {
    receiverArgument.objectId = inspector.evaluate(expression, context);
    call.objectId = objectId;
    call.functionDeclaration = declaration;
    inspector.post('Runtime.callFunctionOn', call);
  };
  withExpression(receiver, give, context === undefined ? mainRealm() : ownRealm);
  return received;
}
