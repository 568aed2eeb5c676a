// The second line of a node's label. A live object shows more than a snapshot (lengths, sizes, numbers), and it is
// asked without running any of its code: no getter, no trap, no toString.
import {
  isArgumentsObject,
  isArrayBuffer,
  isBoxedPrimitive,
  isDate,
  isMap,
  isNativeError,
  isProxy,
  isRegExp,
  isSet,
  isTypedArray,
} from 'node:util/types';
import { countOf, cut } from '../heap/node-names.ts';
import type { Snapshot } from './snapshot.ts';

const mapSize = /* @__PURE__ */ getter(Map.prototype, 'size');
const setSize = /* @__PURE__ */ getter(Set.prototype, 'size');
const byteLength = /* @__PURE__ */ getter(ArrayBuffer.prototype, 'byteLength');
const typedArrayLength = /* @__PURE__ */ getter(
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  'length',
);

/** Which one of its type a node is, in one line; empty when there is nothing to say. */
export function describe(snapshot: Snapshot, node: number): string {
  const value = snapshot.graph.isRoot(node) ? undefined : snapshot.valueOf(node);
  try {
    return describeLive(value) ?? snapshot.names.describe(node);
  } catch {
    return '(unrepresentable)';
  }
}

/** Null for what the snapshot describes as well or better: functions with their place, strings, scopes. */
function describeLive(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || isProxy(value)) return null;
  if (Array.isArray(value)) return countOf(value.length, 'item');
  if (isMap(value)) return countOf(mapSize(value), 'item');
  if (isSet(value)) return countOf(setSize(value), 'item');
  if (isTypedArray(value)) return countOf(typedArrayLength(value), 'item');
  if (isArrayBuffer(value)) return countOf(byteLength(value), 'byte');
  if (isDate(value)) return describeDate(value);
  if (isNativeError(value))
    return cut(String(Object.getOwnPropertyDescriptor(value, 'message')?.value ?? ''));
  if (isBoxedPrimitive(value) || isRegExp(value)) return null;
  if (isArgumentsObject(value))
    return countOf(Number(Object.getOwnPropertyDescriptor(value, 'length')?.value ?? 0), 'item');
  const keys = Reflect.ownKeys(value).map((key) => (typeof key === 'symbol' ? `[${String(key)}]` : key));
  const isPlain = Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
  return keys.length > 0 || isPlain ? cut(`{${keys.join(', ')}}`) : null;
}

function describeDate(date: Date): string {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
}

function getter(prototype: object, name: string): (receiver: object) => number {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name)!;
  return (receiver) => get!.call(receiver) as number;
}
