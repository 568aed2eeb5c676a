// The library's own functions, classes and state, so that no answer ever counts them. They are what the module scope
// of the library's functions holds, what it exports, and what hangs from these; the bundle is one module, so one scope has it all.
import { createRequire } from 'node:module';
import { isProxy, isTypedArray } from 'node:util/types';
import { giveThis, receive, withExpression, type Inspector } from './inspector.ts';
import { ownFile } from './own-scripts.ts';
import { OwnTexts } from './own-texts.ts';
import { isPrototypeOfItsClass } from './type-names.ts';
import { beginQuestion, endQuestion } from './session.ts';

const state = {
  functions: null as WeakSet<object> | null,
  knowsModule: false,
  prototypes: new WeakSet<object>(),
  texts: null as OwnTexts | null,
  script: undefined as string | undefined,
};

/**
 * Looks for the library's own functions, once, as a question of its own: what V8 and Node make for the answers would be counted
 * among the live objects, or be new at the next question.
 */
export function findOwnFunctions(): void {
  if (state.functions) return;
  const inspector = beginQuestion();
  if (!inspector) return;
  try {
    state.functions = new WeakSet(collect(inspector));
    state.functions.add(state.functions);
  } finally {
    endQuestion(inspector);
  }
}

/**
 * The library's own among all live objects: its functions, and the instances of its classes with what they are made of; and
 * closures of questions before, which V8 keeps as long as it compiles them.
 */
export function ownObjects(objects: readonly object[], inspector: Inspector): Set<object> {
  findOwnFunctions();
  const functions = (state.functions ??= new WeakSet());
  if (!state.knowsModule) {
    for (const object of objects) if (isOwnModule(object)) functions.add(object);
    state.knowsModule = true;
  }
  const texts = (state.texts ??= new OwnTexts());
  const own = new Set<object>();
  for (const object of objects) {
    if (functions.has(object)) own.add(object);
    else if (isInstance(object)) addInstance(object, own);
    else if (isClosure(object) && texts.has(toString.call(object)) && isFromOwnScript(inspector, object))
      own.add(object);
  }
  return own;
}

function isFromOwnScript(inspector: Inspector, closure: object): boolean {
  state.script ??= describe(inspector, collect).script;
  return state.script !== undefined && describe(inspector, closure).script === state.script;
}

/** Notes an object of Node's that the library made, and that may outlive the question. */
export function addOwn(object: object): void {
  state.prototypes.add(object);
}

const toString = Function.prototype.toString;

/** An arrow function, as all closures of the library are. */
const isClosure = (object: object): boolean =>
  typeof object === 'function' && !isProxy(object) && !Object.hasOwn(object, 'prototype');

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
  const { script, scopes } = describe(inspector, collect);
  const texts = (state.texts ??= new OwnTexts());
  const found = new Set<object>();
  const queue: unknown[] = [];
  for (const scope of scopesOf(inspector, scopes))
    queue.push(...(receive(inspector, scope, variables) as unknown[]));
  // A function that CommonJS exports, and no other uses, is in no scope.
  const file = ownFile();
  if (file !== null) queue.push(createRequire(import.meta.url).cache[file]?.exports);
  while (queue.length > 0) {
    const value = queue.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
    // Prototypes of classes of the language, which some tables have: V8 makes parts of them when they are looked at.
    if (found.has(value) || isProxy(value) || isPrototypeOfItsClass(value)) continue;
    // Its scope has its imports as well: a function is its own if its file contains it.
    if (typeof value === 'function' && !texts.has(toString.call(value))) {
      const { script: from, target } = describe(inspector, value);
      // A bound function has no script; bundlers make getters of such.
      const bound = target === undefined ? null : (receive(inspector, target, giveThis) as object);
      if ((bound ? describe(inspector, bound).script : from) !== script) continue;
      queue.push(bound);
    }
    found.add(value);
    // Maps, sets and instances are state, and may hold the program's objects: what they hold is not ours.
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = prototype === Object.prototype || prototype === Array.prototype;
    if (typeof value !== 'function' && !isPlain && !isInterop(value, prototype)) continue;
    for (const [key, { value: held, get, set }] of Object.entries(Object.getOwnPropertyDescriptors(value)))
      // A running function of sloppy code shows its arguments, which are all the objects of the heap.
      if (key !== 'arguments' && key !== 'caller') queue.push(held, get, set);
    if (typeof value === 'function' && Object.hasOwn(value, 'prototype')) queue.push(...methods(value));
  }
  return found;
}

/** What a bundler makes of the default import of a CommonJS module: an object that looks like it, with getters of its own. */
function isInterop(value: object, prototype: unknown): boolean {
  const module: unknown = Object.getOwnPropertyDescriptor(value, 'default')?.value;
  return typeof module === 'object' && module !== null && Object.getPrototypeOf(module) === prototype;
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

/** The script that a function was written in, and handles of its scopes and of what it binds; valid until the next call. */
function describe(inspector: Inspector, value: object): typeof described {
  const { internalProperties } = withExpression(value, (expression) => {
    asked.objectId = inspector.evaluate(expression);
    return inspector.post('Runtime.getProperties', asked);
  });
  const named = (name: string) =>
    ((internalProperties ?? []) as Property[]).find((one) => one.name === name)?.value;
  const location = named('[[FunctionLocation]]')?.value as { scriptId?: string } | undefined;
  described.script = location?.scriptId;
  described.scopes = named('[[Scopes]]')?.objectId;
  described.target = named('[[TargetFunction]]')?.objectId;
  return described;
}

/** Made once, as what inspector.ts sends. */
const asked = { objectId: undefined as string | undefined, ownProperties: true };
const described = {
  script: undefined as string | undefined,
  scopes: undefined as string | undefined,
  target: undefined as string | undefined,
};

/** Handles of the scopes of a function; the global scope and the script scope are everybody's. */
function scopesOf(inspector: Inspector, list: string | undefined): string[] {
  if (!list) return [];
  const { result } = inspector.post('Runtime.getProperties', { objectId: list, ownProperties: true });
  return (result as Property[])
    .filter(({ value }) => value?.objectId && /^(Module|Closure|Block|Local)/.test(value.description ?? ''))
    .map(({ value }) => value!.objectId!);
}
