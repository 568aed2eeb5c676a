// The library's own functions, classes and state, so that no answer ever counts them. They are what the module scope
// of the library's functions holds, and what hangs from that; the bundle is one module, so one scope has it all.
import { isProxy, isTypedArray } from 'node:util/types';
import { receive, withExpression, type Inspector } from './inspector.ts';

const state: { functions: WeakSet<object> | null; prototypes: WeakSet<object> } = {
  functions: null,
  prototypes: new WeakSet(),
};

/** The library's own among all live objects: its functions, and the instances of its classes with what they are made of. */
export function ownObjects(inspector: Inspector, objects: readonly object[]): Set<object> {
  if (!state.functions) {
    state.functions = new WeakSet([...collect(inspector), ...objects.filter(isOwnModule)]);
    state.functions.add(state.functions);
  }
  const own = new Set<object>();
  for (const object of objects) {
    if (state.functions.has(object)) own.add(object);
    else if (isInstance(object)) addInstance(object, own);
  }
  return own;
}

/** Notes an object of Node's that the library made, and that may outlive the question. */
export function addOwn(object: object): void {
  state.prototypes.add(object);
}

const toString = Function.prototype.toString;

/** V8 keeps an ES module as a function without a name, which no scope leads to: it is known by its text. */
function isOwnModule(object: object): boolean {
  if (typeof object !== 'function' || isProxy(object)) return false;
  if (Object.getOwnPropertyDescriptor(object, 'name')?.value !== '') return false;
  return toString.call(object).includes('V8 keeps an ES module as a function without a name');
}

function isInstance(object: object): boolean {
  if (isProxy(object)) return false;
  const prototype = Object.getPrototypeOf(object) as object | null;
  return (prototype !== null && state.prototypes.has(prototype)) || state.prototypes.has(object);
}

/** What an instance holds is its own. What the arrays and maps in it hold may be the program's. */
function addInstance(instance: object, own: Set<object>): void {
  if (own.has(instance)) return;
  own.add(instance);
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(instance)) as {
    value?: unknown;
  }[]) {
    if (typeof value !== 'object' || value === null || isProxy(value)) continue;
    if (isTypedArray(value)) own.add(value.buffer).add(value);
    else if (isInstance(value) || Object.getPrototypeOf(value) === Object.prototype) addInstance(value, own);
    else own.add(value);
  }
}

/** The values in a scope, which V8 describes as itself or as `{ description, object }`. */
const variables = `function (receive) {
  receive(Object.values(typeof this.description === 'string' && this.object ? this.object : this));
}`;

function collect(inspector: Inspector): Set<object> {
  const self = describe(inspector, collect);
  const found = new Set<object>();
  const queue: unknown[] = [];
  for (const scope of scopesOf(inspector, self.scopes))
    queue.push(...(receive(inspector, scope, variables) as unknown[]));
  while (queue.length > 0) {
    const value = queue.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
    if (found.has(value) || isProxy(value)) continue;
    // What the library imports stands in its scope as well: a function is its own if it was written in its file.
    if (typeof value === 'function' && describe(inspector, value).script !== self.script) continue;
    found.add(value);
    // Maps, sets and instances are state, and may hold the program's objects: what they hold is not ours.
    const prototype: unknown = Object.getPrototypeOf(value);
    if (typeof value !== 'function' && prototype !== Object.prototype && prototype !== Array.prototype)
      continue;
    for (const [key, { value: held, get, set }] of Object.entries(Object.getOwnPropertyDescriptors(value)))
      // A running function of sloppy code shows its arguments, which are all the objects of the heap.
      if (key !== 'arguments' && key !== 'caller') queue.push(held, get, set);
    if (typeof value === 'function' && Object.hasOwn(value, 'prototype')) queue.push(...methods(value));
  }
  return found;
}

/** The prototype of a class is an object with a class of its own: itself. Its methods are functions of the library. */
function methods(constructor: object): unknown[] {
  const { prototype } = constructor as { prototype: unknown };
  if (typeof prototype !== 'object' || prototype === null) return [];
  state.prototypes.add(prototype);
  return Reflect.ownKeys(prototype).flatMap((key) => {
    const { value, get, set } = Object.getOwnPropertyDescriptor(
      prototype,
      key,
    )! as TypedPropertyDescriptor<unknown>;
    return [value, get, set];
  });
}

interface Property {
  name: string;
  value?: { objectId?: string; description?: string; value?: unknown };
}

/** The script that a function was written in, and a handle of its scopes. */
function describe(
  inspector: Inspector,
  target: object,
): { script: string | undefined; scopes: string | undefined } {
  const { internalProperties } = withExpression(target, (expression) =>
    inspector.post('Runtime.getProperties', {
      objectId: inspector.evaluate(expression),
      ownProperties: true,
    }),
  );
  const named = (name: string) =>
    ((internalProperties ?? []) as Property[]).find((one) => one.name === name)?.value;
  const location = named('[[FunctionLocation]]')?.value as { scriptId?: string } | undefined;
  return { script: location?.scriptId, scopes: named('[[Scopes]]')?.objectId };
}

/** Handles of the scopes of a function; the global scope and the script scope are everybody's. */
function scopesOf(inspector: Inspector, list: string | undefined): string[] {
  if (!list) return [];
  const { result } = inspector.post('Runtime.getProperties', { objectId: list, ownProperties: true });
  return (result as Property[])
    .filter(({ value }) => value?.objectId && /^(Module|Closure|Block|Local)/.test(value.description ?? ''))
    .map(({ value }) => value!.objectId!);
}
