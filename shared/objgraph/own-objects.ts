// The library's own functions, classes and state, so that no answer ever counts them. They are what the module scope
// of the library's functions holds, and what hangs from that; the bundle is one module, so one scope has it all.
import { isProxy } from 'node:util/types';
import { receive, withExpression, type Inspector } from './inspector.ts';

let own: WeakSet<object> | null = null;

/** The library's own objects; found once. */
export function ownObjects(inspector: Inspector): WeakSet<object> {
  own ??= new WeakSet(collect(inspector));
  return own;
}

function collect(inspector: Inspector): Set<object> {
  const self = describe(inspector, collect);
  const found = new Set<object>();
  const queue: unknown[] = [];
  for (const scope of scopesOf(inspector, self.scopes))
    queue.push(
      ...(receive(inspector, scope, 'function (receive) { receive(Object.values(this)) }') as unknown[]),
    );
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
    for (const { value: held, get, set } of Object.values(Object.getOwnPropertyDescriptors(value)))
      queue.push(held, get, set);
    if (typeof value === 'function' && Object.hasOwn(value, 'prototype')) queue.push(...methods(value));
  }
  return found;
}

/** The prototype of a class is an object with a class of its own: itself. Its methods are functions of the library. */
function methods(constructor: object): unknown[] {
  const { prototype } = constructor as { prototype: unknown };
  if (typeof prototype !== 'object' || prototype === null) return [];
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value, get, set }) => [
    value,
    get,
    set,
  ]);
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
