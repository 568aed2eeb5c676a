// Where a live function or class is written, as V8's inspector knows it.
import { isNativeError, isProxy } from 'node:util/types';
import { withExpression, type Inspector } from './inspector.ts';

/** Lines and columns are counted from 0. */
export interface FunctionPlace {
  scriptId: number;
  line: number;
  column: number;
}

interface InternalProperty {
  name: string;
  value?: { value?: { scriptId?: string; lineNumber?: number; columnNumber?: number } };
}

/** Null for what is written in no script, and where the inspector would run code of the program to answer. */
export function functionPlace(inspector: Inspector, fn: object): FunctionPlace | null {
  if (isProxy(fn) || !isSafe(fn)) return null;
  const { internalProperties } = withExpression(fn, (expression) =>
    inspector.post('Runtime.getProperties', {
      objectId: inspector.evaluate(expression),
      ownProperties: true,
    }),
  );
  const found = ((internalProperties ?? []) as InternalProperty[]).find(
    ({ name }) => name === '[[FunctionLocation]]',
  );
  const { scriptId, lineNumber, columnNumber } = found?.value?.value ?? {};
  return scriptId === undefined
    ? null
    : { scriptId: Number(scriptId), line: lineNumber ?? 0, column: columnNumber ?? 0 };
}

/** The inspector describes all that it lists, and an error by its `stack`: that may be a getter, or call `Error.prepareStackTrace`. */
function isSafe(fn: object): boolean {
  return Reflect.ownKeys(fn).every((key) => !isNativeError(Reflect.getOwnPropertyDescriptor(fn, key)?.value));
}
