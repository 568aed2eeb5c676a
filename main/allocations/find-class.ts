// The classes of a live program that have a name, without a snapshot: among all functions that V8 lists, by the name and the
// place of each, which are the author's where a source map has them.
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { filePath } from '../../shared/source-maps/source-text.ts';
import { readScopes } from '../source-maps/scopes.ts';
import { mapFolders } from '../source-maps/settings.ts';
import { SourceMaps } from '../../shared/source-maps/source-maps.ts';
import type { Location } from './placed-frames.ts';
import { ownerOfScript } from '../../shared/heap/owner.ts';
import { ownerName } from '../heap/describe.ts';
import { shortPath } from '../../shared/heap/short-path.ts';
import type { OwnerName } from '../../shared/protocol/heap.ts';
import type { Channel } from '../targets/conversation.ts';
import { asFields, asList, asText, isFields } from '../targets/reply.ts';
import { TargetError } from '../targets/target.ts';

/** A class that runs in the target. */
export interface LiveClass {
  /** The author's name. */
  type: string;
  location: Location | null;
  generated?: Location & { type: string };
  owner: OwnerName;
  /** The name in the code that runs. */
  name: string;
  /** The inspector's object, held in `objectGroup`. */
  objectId: string;
}

/** A class by the name that a user types (`Session — src/session.ts:3`), or by its name and place as a table has them. */
export type WantedClass = string | { type: string; script: string | null; line: number };

/** What messages call it. */
export const wantedName = (wanted: WantedClass): string =>
  typeof wanted === 'string' ? wanted : wanted.type;

/** From a class to its base. */
export interface ClassChain {
  /** That of the base class, which alone sees its objects before a derived constructor does; the class itself when it has none. */
  baseId: string;
  /** Its constructors, this one first, the base last. */
  names: string[];
  /** Whether the base is a class of the language, Map for example, whose constructor has no code of JavaScript. */
  hasNativeBase: boolean;
}

export interface Scripts {
  urls: ReadonlyMap<number, string>;
  records: readonly ScriptRecord[];
}

interface Candidate {
  index: number;
  name: string;
  /** Written in no script: a class of the language. */
  isNative: boolean;
}

/** Functions that could be classes; a program with more is none that people write. */
const mostCandidates = 200_000;
/** Of those whose place must be asked. */
const mostPlaced = 20_000;
/** Requests that are under way together: one after the other, each would wait for the network. */
const together = 200;

/**
 * Run in the target on the list of all functions: which may make objects, by name. Runs no getter, and no proxy's trap but that of
 * a proxy that is the prototype of a function without a name.
 */
function listConstructors(this: unknown[], most: number): Candidate[] {
  const found: Candidate[] = [];
  // What these make are generators, no objects of their own.
  const generators = [function* () {}, async function* () {}].map(
    (each) => Object.getPrototypeOf(each) as { prototype: unknown },
  );
  for (let index = 0; index < this.length && found.length < most; index++) {
    if (typeof this[index] !== 'function') continue;
    const prototype = Object.getOwnPropertyDescriptor(this[index], 'prototype');
    if (
      typeof prototype?.value !== 'object' ||
      generators.includes(Object.getPrototypeOf(this[index]) as never)
    )
      continue;
    const name: unknown = Object.getOwnPropertyDescriptor(this[index], 'name')?.value;
    // V8 runs each module as a generator without a name.
    if (!name && prototype.value !== null) {
      const above: unknown = Object.getPrototypeOf(prototype.value);
      if (generators.some((each) => each.prototype === above)) continue;
    }
    const code = Function.prototype.toString.call(this[index]);
    const isNative = code.length < 300 && code.endsWith('{ [native code] }');
    found.push({ index, name: typeof name === 'string' ? name : '', isNative });
  }
  return found;
}

/** Run in the target on one of them: from the class to its base. */
function listChain(first: unknown): unknown[] {
  const functions: unknown[] = [];
  for (let at = first; typeof at === 'function' && at !== Function.prototype; at = Object.getPrototypeOf(at))
    functions.push(at);
  return functions;
}

/**
 * The classes that are meant: all of a name, or those at a place.
 * @param objectGroup holds them in the target
 * @throws TargetError that says what to do
 */
export async function findClasses(
  channel: Channel,
  wanted: WantedClass,
  { urls, records }: Scripts,
  objectGroup: string,
  warn: (sentence: string) => void,
  signal: AbortSignal,
): Promise<LiveClass[]> {
  const functions = await allFunctions(channel, objectGroup);
  const candidates = asList(
    await callOn(channel, functions, listConstructors, [mostCandidates]),
    (value): Candidate => {
      const { index, name, isNative } = asFields(value);
      return { index: Number(index), name: asText(name), isNative: isNative === true };
    },
  );
  const maps = new SourceMaps(() => urls, records, mapFolders(), warn, undefined, readScopes);
  const [shortName] = wantedName(wanted).split(' — ');
  const isNamed = ({ name }: Candidate) => name === shortName;
  const context = { channel, functions, maps, urls, objectGroup, signal };
  const written = candidates.filter(({ isNative }) => !isNative);
  const exact = (await place(context, written.filter(isNamed))).filter((each) => isMeant(each, wanted));
  if (exact.length > 0 || candidates.some((each) => each.isNative && isNamed(each))) return exact;
  // The name may be the author's alone: then every class must be asked for its place.
  const others = written.filter((each) => !isNamed(each)).slice(0, mostPlaced);
  return (await place(context, others)).filter((each) => isMeant(each, wanted));
}

function isMeant({ type, location }: LiveClass, wanted: WantedClass): boolean {
  if (typeof wanted !== 'string') {
    if (type !== wanted.type) return false;
    return (
      wanted.script === null ||
      (location !== null && isSameFile(location.script ?? '', wanted.script) && location.line === wanted.line)
    );
  }
  const name = wanted;
  if (type === name) return true;
  if (location === null) return false;
  const place = `${type} — ${shortPath(location.script ?? '', process.cwd())}:${location.line}`;
  return name === place || name === `${place}:${location.column}`;
}

/** Of a CommonJS module, a snapshot has the path and an inspector the URL. */
const isSameFile = (a: string, b: string) => a === b || (filePath(a) !== null && filePath(a) === filePath(b));

async function allFunctions(channel: Channel, objectGroup: string): Promise<string> {
  const { result } = await channel.post('Runtime.evaluate', {
    expression: 'Function.prototype',
    objectGroup,
    silent: true,
  });
  const { objects } = await channel.post(
    'Runtime.queryObjects',
    { prototypeObjectId: asText(asFields(result).objectId), objectGroup },
    120_000,
  );
  return asText(asFields(objects).objectId);
}

interface SearchContext {
  channel: Channel;
  /** The list of all functions, as the inspector's object. */
  functions: string;
  maps: SourceMaps;
  urls: ReadonlyMap<number, string>;
  objectGroup: string;
  signal: AbortSignal;
}

async function place(context: SearchContext, candidates: readonly Candidate[]): Promise<LiveClass[]> {
  const classes: LiveClass[] = [];
  for (let from = 0; from < candidates.length; from += together) {
    context.signal.throwIfAborted();
    const part = candidates.slice(from, from + together);
    for (const found of await Promise.all(part.map((candidate) => placeOne(context, candidate))))
      if (found) classes.push(found);
  }
  return classes;
}

/** Null for what is written in no script. */
async function placeOne(
  { channel, functions, maps, urls, objectGroup }: SearchContext,
  { index, name }: Candidate,
): Promise<LiveClass | null> {
  const objectId = await objectOf(channel, functions, index, objectGroup);
  const found = await placeOf(channel, objectId);
  if (found === null) return null;
  const { scriptId, line, column } = found;
  const script = urls.get(scriptId) ?? '';
  const original = maps.original({ kind: 'class', name, scriptId, line, column });
  const generated = { script, line: line + 1, column: column + 1 };
  const isMapped = original?.line != null && original.column !== null;
  return {
    type: original?.name ?? name,
    location: isMapped
      ? { script: original.script, line: original.line!, column: original.column! }
      : original === null && script !== ''
        ? generated
        : null,
    ...(isMapped && { generated: { ...generated, type: name } }),
    owner: ownerName(ownerOfScript(original?.script ?? script)),
    objectId,
    name,
  };
}

async function objectOf(channel: Channel, list: string, index: number, objectGroup: string): Promise<string> {
  const { result } = await channel.post('Runtime.callFunctionOn', {
    objectId: list,
    functionDeclaration: 'function (index) { return this[index] }',
    arguments: [{ value: index }],
    objectGroup,
    silent: true,
  });
  return asText(asFields(result).objectId);
}

/** Null for a function of the language, which is written in no script. */
async function placeOf(
  channel: Channel,
  objectId: string,
): Promise<{ scriptId: number; line: number; column: number } | null> {
  const { internalProperties } = await channel.post('Runtime.getProperties', {
    objectId,
    ownProperties: true,
  });
  const found = asList(internalProperties ?? [], asFields).find(
    ({ name }) => name === '[[FunctionLocation]]',
  );
  const value = isFields(found?.value) ? found.value.value : null;
  if (!isFields(value)) return null;
  return {
    scriptId: Number(value.scriptId),
    line: Number(value.lineNumber),
    column: Number(value.columnNumber),
  };
}

/** @throws TargetError */
export async function chainOf(channel: Channel, objectId: string, objectGroup: string): Promise<ClassChain> {
  const { result } = await channel.post('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: `function () { return (${String(listChain)})(this) }`,
    objectGroup,
    silent: true,
  });
  const { result: properties } = await channel.post('Runtime.getProperties', {
    objectId: asText(asFields(result).objectId),
    ownProperties: true,
  });
  const functions = asList(properties, asFields)
    .filter(({ name }) => /^\d+$/.test(asText(name)))
    .map(({ value }) => asText(asFields(value).objectId));
  const names: string[] = [];
  let baseId = objectId;
  for (const id of functions) {
    if ((await placeOf(channel, id)) === null)
      return { baseId: objectId, names: names.slice(0, 1), hasNativeBase: true };
    baseId = id;
    names.push(await nameOf(channel, id));
  }
  return { baseId, names, hasNativeBase: false };
}

async function nameOf(channel: Channel, objectId: string): Promise<string> {
  const { result } = await channel.post('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: `function () {
      const name = Object.getOwnPropertyDescriptor(this, 'name')?.value;
      return typeof name === 'string' ? name : '';
    }`,
    returnByValue: true,
    silent: true,
  });
  return asText(asFields(result).value);
}

async function callOn(
  channel: Channel,
  objectId: string,
  run: (this: never, ...args: never[]) => unknown,
  args: readonly unknown[],
): Promise<unknown> {
  const { result, exceptionDetails } = await channel.post(
    'Runtime.callFunctionOn',
    {
      objectId,
      functionDeclaration: String(run),
      arguments: args.map((value) => ({ value })),
      returnByValue: true,
      silent: true,
    },
    60_000,
  );
  if (exceptionDetails) throw new TargetError('the program does not let its functions be listed');
  return asFields(result).value;
}
