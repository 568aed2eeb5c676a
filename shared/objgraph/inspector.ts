// V8's inspector, spoken to from inside the inspected thread itself: commands answer before `post` returns, which is
// what makes a synchronous library possible. Source: Chrome DevTools Protocol, domains Runtime and HeapProfiler.
import { createRequire } from 'node:module';
import type { Session } from 'node:inspector';

const require = createRequire(import.meta.url);

/** One session with this thread's own inspector. */
export class Inspector {
  private constructor(private readonly session: Session) {}

  /** A connected session; null where the process has no inspector or does not allow it (`--permission`). */
  static open(): Inspector | null {
    try {
      const { Session } = require('node:inspector') as typeof import('node:inspector');
      const session = new Session();
      session.connect();
      return new Inspector(session);
    } catch {
      return null;
    }
  }

  /** Sends a command and gives its result; throws what the inspector answers. */
  post(method: string, params: object = {}): Record<string, unknown> {
    let failure: Error | null = new Error(`${method} did not answer synchronously`);
    let result: object | undefined;
    this.session.post(method, params, (error, reply) => {
      failure = error;
      result = reply;
    });
    if (failure) throw failure;
    return result as Record<string, unknown>;
  }

  /** The ids of the JavaScript contexts of this thread: the main one first, then those of `node:vm`. */
  contexts(): number[] {
    const ids: number[] = [];
    const note = ({
      params,
    }: {
      params: { context: { id: number; auxData?: { isDefault?: boolean } } };
    }): void => {
      if (params.context.auxData?.isDefault) ids.unshift(params.context.id);
      else ids.push(params.context.id);
    };
    this.session.on('Runtime.executionContextCreated', note as (message: object) => void);
    this.post('Runtime.enable');
    this.post('Runtime.disable');
    this.session.off('Runtime.executionContextCreated', note as (message: object) => void);
    return ids;
  }

  /** The handle of the value of an expression in a context. */
  evaluate(expression: string, contextId?: number): string {
    const { result } = this.post('Runtime.evaluate', { expression, contextId, objectGroup: 'objgraph' });
    return (result as { objectId: string }).objectId;
  }

  /** Handles are references: dropping them lets what they hold go. */
  releaseHandles(): void {
    this.post('Runtime.releaseObjectGroup', { objectGroup: 'objgraph' });
  }

  close(): void {
    this.session.disconnect();
  }
}

const door = Symbol.for('objgraph.door');
type Door = Record<symbol, unknown>;

/** Runs `use` with an expression that gives `value` inside the inspector; nothing stays behind on the global object. */
export function withExpression<T>(value: unknown, use: (expression: string) => T): T {
  Object.defineProperty(globalThis, door, { value, configurable: true, enumerable: false });
  try {
    return use("globalThis[Symbol.for('objgraph.door')]");
  } finally {
    delete (globalThis as Door)[door];
  }
}

/** The live values behind a handle of the main context, through `declaration`: a function of `this` and a receiver. */
export function receive(inspector: Inspector, objectId: string, declaration: string): unknown {
  let received: unknown;
  const receiver = (value: unknown): void => {
    received = value;
  };
  withExpression(receiver, (expression) => {
    const receiverId = inspector.evaluate(expression);
    inspector.post('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: declaration,
      arguments: [{ objectId: receiverId }],
      objectGroup: 'objgraph',
    });
  });
  return received;
}
