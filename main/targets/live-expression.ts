// Questions to a live program: what an expression comes to, how it could go on, what an object's fields are now.
import type { Evaluation } from '../../shared/protocol/targets.ts';
import { RefusedError, type Channel } from './conversation.ts';
import { asRemote, describeRemote, typeOfRemote, type RemoteObject } from './remote-object.ts';
import { asFields, asList, asText, optional, type Fields } from './reply.ts';

/** Whether a snapshot has the object, who holds the snapshot knows. */
export type LiveValue = Omit<Evaluation, 'inSnapshot'>;

/** A field of an object as it is now. */
export interface LiveField {
  name: string;
  description: string;
  /** Null for what is no object of the heap, and for one that is newer than every snapshot. */
  id: number | null;
  /** As `typeof` names it, `null`, or `accessor`. */
  type: string;
  /** The text of a string or a number. */
  text: string | null;
  /** An entry of a Map or Set, or a slot of V8's such as `[[PromiseState]]`, is no field. */
  role: 'own' | 'entry' | 'internal';
}

export interface LiveFields {
  fields: LiveField[];
  /** False where the object has more of them. */
  isComplete: boolean;
}

/** Sentences of V8's inspector, which has one code for all its refusals. */
const stopped = 'Execution was terminated';
const freed = 'Object is not available';

const longestRun = 10_000;
const longestPeek = 500;
/** Beyond the time that V8 stops it: a busy thread hears of the question later. */
const answerTime = 10_000;
const tooLong = `it ran for more than ${longestRun / 1000} seconds and was stopped`;
/** No list in a window is longer. */
const maxNames = 1000;
const maxFields = 500;
const maxEntries = 100;

interface Property {
  name: string;
  value?: RemoteObject;
  get?: RemoteObject;
  set?: RemoteObject;
  symbol?: RemoteObject;
}

interface Properties {
  own: Property[];
  internal: Property[];
  private: Property[];
}

/** Of `Runtime.getProperties`. @throws MalformedReplyError */
function readProperties({ result, internalProperties, privateProperties }: Fields): Properties {
  return {
    own: asList(result, asProperty),
    internal: asList(internalProperties ?? [], asProperty),
    private: asList(privateProperties ?? [], asProperty),
  };
}

function asProperty(property: unknown): Property {
  const { name, value, get, set, symbol } = asFields(property);
  return {
    name: asText(name),
    value: optional(value, asRemote),
    get: optional(get, asRemote),
    set: optional(set, asRemote),
    symbol: optional(symbol, asRemote),
  };
}

/** What is looked at is held in the target as long as `look` lasts, and not longer. */
async function looking<T>(channel: Channel, look: (objectGroup: string) => Promise<T>): Promise<T> {
  const objectGroup = `objgraph ${Math.random()}`;
  try {
    return await look(objectGroup);
  } finally {
    await channel.post('Runtime.releaseObjectGroup', { objectGroup }).catch(() => {});
  }
}

export function evaluate(channel: Channel, expression: string): Promise<LiveValue> {
  return looking(channel, async (objectGroup) => {
    const answer = await runFor(longestRun, channel, {
      expression: asExpression(expression),
      objectGroup,
      includeCommandLineAPI: true,
      silent: true,
      generatePreview: true,
    });
    if (!answer) return { description: tooLong, threw: true, type: 'Error', id: null };
    const thrown = optional(answer.exceptionDetails, asFields);
    const exception = optional(thrown?.exception, asRemote);
    const value = exception ?? asRemote(answer.result);
    return {
      description: thrown && !exception ? asText(thrown.text) : describeRemote(value),
      threw: thrown !== undefined,
      type: typeOfRemote(value),
      id: await idOf(channel, value),
    };
  });
}

/** Null when V8 stopped it after so many milliseconds. */
async function runFor(timeout: number, channel: Channel, params: object): Promise<Fields | null> {
  try {
    return await channel.post('Runtime.evaluate', { ...params, timeout }, timeout + answerTime);
  } catch (error) {
    if (error instanceof RefusedError && error.reason === stopped) return null;
    throw error;
  }
}

/** `{ a }` is meant as an object, as a console takes it. */
function asExpression(text: string): string {
  return /^\s*\{.*\}\s*$/s.test(text) ? `(${text})` : text;
}

/** Its heap object id; null for what is no object of the heap, and for one that no snapshot has numbered. */
async function idOf(channel: Channel, { objectId }: RemoteObject): Promise<number | null> {
  if (objectId === undefined) return null;
  const answer = await channel.post('HeapProfiler.getHeapObjectId', { objectId });
  return Number(asText(answer.heapSnapshotObjectId)) || null;
}

export function completions(channel: Channel, expression: string): Promise<string[]> {
  const { object, word } = splitAtLastDot(expression);
  return looking(channel, async (objectGroup) => {
    const answer = await runFor(longestPeek, channel, {
      expression: object === null ? 'globalThis' : `Object(${object})`,
      objectGroup,
      includeCommandLineAPI: true,
      silent: true,
      throwOnSideEffect: true,
    });
    if (!answer || answer.exceptionDetails) return [];
    const { objectId } = asRemote(answer.result);
    if (objectId === undefined) return [];
    const names = new Set(object === null ? await lexicalNames(channel) : []);
    const { own } = readProperties(
      await channel.post('Runtime.getProperties', { objectId, nonIndexedPropertiesOnly: true }),
    );
    for (const { name, symbol } of own) if (!symbol && isIdentifier(name)) names.add(name);
    return [...names]
      .filter((name) => name.startsWith(word) && name !== word)
      .sort()
      .slice(0, maxNames);
  });
}

async function lexicalNames(channel: Channel): Promise<string[]> {
  return asList((await channel.post('Runtime.globalLexicalScopeNames')).names, asText);
}

const isIdentifier = (name: string) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);

/**
 * The object before the last dot, and the word that is begun after it: `a + b[0].na` is `b[0]` and `na`; without a dot, the
 * object is null. It may not be one when quotes are inside of brackets: then nothing completes it.
 */
export function splitAtLastDot(expression: string): { object: string | null; word: string } {
  const word = /[\p{ID_Continue}$]*$/u.exec(expression)![0];
  const before = expression.slice(0, expression.length - word.length).trimEnd();
  if (!before.endsWith('.')) return { object: null, word };
  const chain = before.replace(/\??\.$/, '').trimEnd();
  let depth = 0;
  let start = chain.length;
  for (; start > 0; start--) {
    const character = chain[start - 1];
    if (/[)\]}]/.test(character)) depth++;
    else if (/[([{]/.test(character) && --depth < 0) break;
    else if (depth === 0 && !/[\p{ID_Continue}$.?"'`]/u.test(character) && !/[([{]/.test(character)) break;
  }
  return { object: chain.slice(start), word };
}

/** The fields of an object as they are now; null when it was freed, or is no object of JavaScript. */
export function fieldsOf(channel: Channel, id: number): Promise<LiveFields | null> {
  return looking(channel, async (objectGroup) => {
    let object: RemoteObject;
    try {
      const answer = await channel.post('HeapProfiler.getObjectByHeapObjectId', {
        objectId: String(id),
        objectGroup,
      });
      object = asRemote(answer.result);
    } catch (error) {
      if (error instanceof RefusedError && error.reason === freed) return null;
      throw error;
    }
    const isLong = lengthOf(object) > maxFields;
    const elements = isLong ? await firstOf(channel, object, maxFields, objectGroup) : [];
    const firstNamed = await firstNamedOf(channel, object, objectGroup);
    const properties = firstNamed ?? (await propertiesOf(channel, object, isLong));
    const own = [...elements, ...properties.own, ...properties.private].map(
      (property) => [property, 'own'] as const,
    );
    const others = await othersOf(channel, properties.internal, objectGroup);
    const all = [...own, ...others].slice(0, maxFields);
    return {
      fields: await Promise.all(all.map(([property, role]) => liveField(channel, property, role))),
      isComplete: !isLong && !firstNamed && own.length <= maxFields,
    };
  });
}

async function propertiesOf(
  channel: Channel,
  { objectId }: RemoteObject,
  nonIndexedPropertiesOnly = false,
): Promise<Properties> {
  return readProperties(
    await channel.post('Runtime.getProperties', {
      objectId,
      ownProperties: true,
      nonIndexedPropertiesOnly,
    }),
  );
}

const isList = ({ subtype }: RemoteObject) => subtype === 'array' || subtype === 'typedarray';

/** Of an array; 0 for anything else. */
function lengthOf(object: RemoteObject): number {
  return isList(object) ? Number(/\((\d+)\)$/.exec(object.description ?? '')?.[1] ?? 0) : 0;
}

/**
 * The first fields of an object that is used as a table; null when it has no more than are listed. Descriptors are copied, so that
 * no getter runs; a proxy, whose traps would, is left to the inspector.
 */
async function firstNamedOf(
  channel: Channel,
  object: RemoteObject,
  objectGroup: string,
): Promise<Properties | null> {
  if (isList(object) || object.subtype === 'proxy') return null;
  const answer = await channel.post('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: `function (most) {
      const names = Reflect.ownKeys(this);
      if (names.length <= most) return null;
      const first = { __proto__: null };
      for (let i = 0; i < most; i++) first[names[i]] = Object.getOwnPropertyDescriptor(this, names[i]);
      return Object.create(null, first);
    }`,
    arguments: [{ value: maxFields }],
    objectGroup,
    silent: true,
    throwOnSideEffect: true,
  });
  if (answer.exceptionDetails) return null;
  const first = asRemote(answer.result);
  return first.objectId === undefined ? null : propertiesOf(channel, first);
}

/**
 * The first elements of an array. The inspector lists all elements or none, and of a hundred thousand it takes so long that the
 * program stands still. What copies them calls nothing that the program could have put in its way, and V8 stops a getter
 * that would change anything.
 */
async function firstOf(
  channel: Channel,
  { objectId }: RemoteObject,
  most: number,
  objectGroup: string,
): Promise<Property[]> {
  const answer = await channel.post('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: `function (most) {
      const first = { __proto__: null };
      for (let i = 0; i < most && i < this.length; i++) first[i] = this[i];
      return first;
    }`,
    arguments: [{ value: most }],
    objectGroup,
    silent: true,
    throwOnSideEffect: true,
  });
  if (answer.exceptionDetails) return [];
  return (await propertiesOf(channel, asRemote(answer.result))).own;
}

/** The entries of a Map or Set, named by their keys; of another object, V8's own slots. */
async function othersOf(
  channel: Channel,
  internal: readonly Property[],
  objectGroup: string,
): Promise<[Property, LiveField['role']][]> {
  const list = internal.find(({ name }) => name === '[[Entries]]')?.value;
  if (!list)
    return internal
      .filter(({ name }) => name !== '[[Prototype]]')
      .map((property) => [property, 'internal'] as const);
  const entries = await firstOf(channel, list, maxEntries, objectGroup);
  return Promise.all(
    entries.map(async ({ name, value }) => {
      const parts = value ? (await propertiesOf(channel, value)).own : [];
      const part = (wanted: string) => parts.find((property) => property.name === wanted)?.value;
      const key = part('key');
      return [{ name: key ? describeRemote(key) : name, value: part('value') }, 'entry'] as const;
    }),
  );
}

async function liveField(
  channel: Channel,
  { name, value, get }: Property,
  role: LiveField['role'],
): Promise<LiveField> {
  if (!value) {
    const description = get?.type === 'function' ? '(getter)' : '(setter)';
    return { name, description, id: null, type: 'accessor', text: null, role };
  }
  return {
    name,
    description: describeRemote(value),
    id: await idOf(channel, value),
    type: value.subtype === 'null' ? 'null' : value.type,
    text: textOf(value),
    role,
  };
}

function textOf({ type, value, unserializableValue }: RemoteObject): string | null {
  if (type === 'string') return value as string;
  return type === 'number' ? (unserializableValue ?? String(value)) : null;
}
