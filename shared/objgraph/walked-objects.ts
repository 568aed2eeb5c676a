// Which objects a walk sees as V8's snapshot shows them: plain ones, and instances of classes.
import { types } from 'node:util';

const { apply, getOwnPropertyDescriptor } = Reflect;
const { hasOwn } = Object;

/** What a program may have changed of the language, so that V8 names objects in another way. */
export function hasUsualBuiltIns(): boolean {
  if (hasOwn(Object.prototype, Symbol.toStringTag)) return false;
  return builtIns.every(
    ([prototype, constructor]) =>
      getOwnPropertyDescriptor(prototype, 'constructor')?.value === constructor &&
      !hasOwn(prototype, Symbol.toStringTag) === !tagged.has(prototype),
  );
}

const builtIns: readonly [object, unknown][] = /* @__PURE__ */ [Object, Array, Map, Set, Date, RegExp].map(
  (constructor) => [constructor.prototype as object, constructor],
);
const tagged = /* @__PURE__ */ new Set<object>([Map.prototype, Set.prototype]);

/** Null for an instance of a class, empty for what a walk does not see as V8 does. */
export function builtInName(value: object, prototype: object | null): string | null {
  if (Array.isArray(value)) return prototype === Array.prototype ? 'Array' : '';
  if (types.isMap(value)) return prototype === Map.prototype ? 'Map' : '';
  if (types.isSet(value)) return prototype === Set.prototype ? 'Set' : '';
  if (types.isDate(value)) return prototype === Date.prototype ? 'Date' : '';
  if (isExotic(value)) return '';
  if (prototype !== Object.prototype && prototype !== null) return null;
  return hasOwn(value, Symbol.toStringTag) || hasOwn(value, 'isPreloading') ? '' : 'Object';
}

const exotic = [
  types.isRegExp,
  types.isWeakMap,
  types.isWeakSet,
  types.isPromise,
  types.isGeneratorObject,
  types.isMapIterator,
  types.isSetIterator,
  types.isAnyArrayBuffer,
  types.isArrayBufferView,
  types.isNativeError,
  types.isBoxedPrimitive,
  types.isArgumentsObject,
  types.isModuleNamespaceObject,
  types.isExternal,
];

/** V8 keeps more in these than their properties. */
const isExotic = (value: object): boolean => exotic.some((is) => is(value));

/** Snapshots have no small integers, and what they have of other keys differs from a live one. */
export const isUsualKey = (key: unknown): boolean =>
  typeof key === 'string' || (typeof key === 'number' && Object.is(key, key | 0));

export const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,8})$/.test(key);

const source = /* @__PURE__ */ (() => getOwnPropertyDescriptor(RegExp.prototype, 'source')!.get)();
export const sourceOf = (expression: object): string => apply<object, [], string>(source!, expression, []);
