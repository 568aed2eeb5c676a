// The classes of a live program that have a name: among some functions, those of a snapshot, or among all that V8 lists; by the name
// and the place of each, which are the author's where a source map has them.
import { SourceMaps, type ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { readScopes } from '../source-maps/scopes.ts';
import { mapFolders } from '../source-maps/settings.ts';
import { RefusedError, type Channel } from '../targets/conversation.ts';
import { asFields, asList, asText } from '../targets/reply.ts';
import { TargetError } from '../targets/target.ts';
import { placeOf } from './class-chain.ts';
import { placeClass, type PlacedClass } from './placed-class.ts';
import { isMeant, shortNameOf, type WantedClass } from './wanted-class.ts';

/** A class that runs in the target. */
export interface LiveClass extends PlacedClass {
  /** The name in the code that runs. */
  name: string;
  /** The inspector's object, held in `objectGroup`. */
  objectId: string;
}

export interface Scripts {
  urls: ReadonlyMap<number, string>;
  records: readonly ScriptRecord[];
}

/** A function that may make objects. */
interface Candidate extends Constructor {
  /** The inspector's object. */
  hold(): Promise<string>;
}

interface Constructor {
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
 * Run in the target on an object: null for what makes no objects. Runs no getter, and no proxy's trap but that of a proxy that is
 * the prototype of a function without a name.
 */
function constructorOf(value: unknown): Constructor | null {
  if (typeof value !== 'function') return null;
  // What these make are generators, no objects of their own.
  const generators = [function* () {}, async function* () {}].map(
    (each) => Object.getPrototypeOf(each) as { prototype: unknown },
  );
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype');
  if (
    typeof prototype?.value !== 'object' ||
    generators.includes(Object.getPrototypeOf(value) as { prototype: unknown })
  )
    return null;
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  // V8 runs each module as a generator without a name.
  if (!name && prototype.value !== null) {
    const above: unknown = Object.getPrototypeOf(prototype.value);
    if (generators.some((each) => each.prototype === above)) return null;
  }
  const code = Function.prototype.toString.call(value);
  const isNative = code.length < 300 && code.endsWith('{ [native code] }');
  return { name: typeof name === 'string' ? name : '', isNative };
}

/** Run in the target on the list of all functions. */
const listConstructors = `function (most) {
  const constructorOf = ${String(constructorOf)};
  const found = [];
  for (let index = 0; index < this.length && found.length < most; index++) {
    const constructor = constructorOf(this[index]);
    if (constructor) found.push({ index, ...constructor });
  }
  return found;
}`;

/**
 * The classes that are meant: all of a name, or those at a place.
 * @param ids the functions to look among, by their heap object ids; null for all, whose listing has V8 forget which types the
 * program's code has seen
 * @param objectGroup holds them in the target
 * @throws TargetError that says what to do
 */
export async function findClasses(
  channel: Channel,
  wanted: WantedClass,
  ids: readonly number[] | null,
  { urls, records }: Scripts,
  objectGroup: string,
  warn: (sentence: string) => void,
  signal: AbortSignal,
): Promise<LiveClass[]> {
  const candidates = await (ids === null
    ? listedConstructors(channel, objectGroup)
    : constructorsWithIds(channel, ids, objectGroup));
  const maps = new SourceMaps(() => urls, records, mapFolders(), warn, undefined, readScopes);
  const shortName = shortNameOf(wanted);
  const isNamed = ({ name }: Candidate) => name === shortName;
  const written = candidates.filter(({ isNative }) => !isNative);
  const places = (list: readonly Candidate[]) => placeAll(channel, list, urls, maps, signal);
  const exact = (await places(written.filter(isNamed))).filter((each) => isMeant(each, wanted));
  if (exact.length > 0 || candidates.some((each) => each.isNative && isNamed(each))) return exact;
  // The name may be the author's alone: then every class must be asked for its place.
  const others = written.filter((each) => !isNamed(each)).slice(0, mostPlaced);
  return (await places(others)).filter((each) => isMeant(each, wanted));
}

/** Those that have gone are left out. */
async function constructorsWithIds(
  channel: Channel,
  ids: readonly number[],
  objectGroup: string,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const id of ids) {
    const objectId = await objectWithId(channel, id, objectGroup);
    if (objectId === null) continue;
    const run = `function () { return (${String(constructorOf)})(this); }`;
    const constructor = asConstructor(await callOn(channel, objectId, run, []));
    if (constructor) found.push({ ...constructor, hold: () => Promise.resolve(objectId) });
  }
  return found;
}

async function objectWithId(channel: Channel, id: number, objectGroup: string): Promise<string | null> {
  try {
    const { result } = await channel.post('HeapProfiler.getObjectByHeapObjectId', {
      objectId: String(id),
      objectGroup,
    });
    return asText(asFields(result).objectId);
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

async function listedConstructors(channel: Channel, objectGroup: string): Promise<Candidate[]> {
  const functions = await allFunctions(channel, objectGroup);
  const listed = await callOn(channel, functions, listConstructors, [mostCandidates]);
  return asList(listed, (value): Candidate => {
    const index = Number(asFields(value).index);
    return { ...asConstructor(value)!, hold: () => objectAt(channel, functions, index, objectGroup) };
  });
}

function asConstructor(value: unknown): Constructor | null {
  if (value === null) return null;
  const { name, isNative } = asFields(value);
  return { name: asText(name), isNative: isNative === true };
}

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

async function placeAll(
  channel: Channel,
  candidates: readonly Candidate[],
  urls: ReadonlyMap<number, string>,
  maps: SourceMaps,
  signal: AbortSignal,
): Promise<LiveClass[]> {
  const classes: LiveClass[] = [];
  const placed = async ({ name, hold }: Candidate) => {
    const objectId = await hold();
    const place = await placeOf(channel, objectId);
    if (place === null) return;
    classes.push({ ...placeClass(name, place, urls.get(place.scriptId) ?? '', maps), objectId, name });
  };
  for (let from = 0; from < candidates.length; from += together) {
    signal.throwIfAborted();
    await Promise.all(candidates.slice(from, from + together).map(placed));
  }
  return classes;
}

async function objectAt(channel: Channel, list: string, index: number, objectGroup: string): Promise<string> {
  const { result } = await channel.post('Runtime.callFunctionOn', {
    objectId: list,
    functionDeclaration: 'function (index) { return this[index] }',
    arguments: [{ value: index }],
    objectGroup,
    silent: true,
  });
  return asText(asFields(result).objectId);
}

async function callOn(
  channel: Channel,
  objectId: string,
  run: string,
  args: readonly unknown[],
): Promise<unknown> {
  const { result, exceptionDetails } = await channel.post(
    'Runtime.callFunctionOn',
    {
      objectId,
      functionDeclaration: run,
      arguments: args.map((value) => ({ value })),
      returnByValue: true,
      silent: true,
    },
    60_000,
  );
  if (exceptionDetails) throw new TargetError('the program does not let its functions be listed');
  return asFields(result).value;
}
