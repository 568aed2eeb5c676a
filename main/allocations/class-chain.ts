// From a class of a live program to its base: whose constructor sees the objects first.
import type { Channel } from '../targets/conversation.ts';
import { asFields, asList, asText, isFields } from '../targets/reply.ts';
import type { CodePlace } from './placed-class.ts';

/** From a class to its base. */
export interface ClassChain {
  /** That of the base class, which alone sees its objects before a derived constructor does; the class itself when it has none. */
  baseId: string;
  /** Its constructors, this one first, the base last. */
  names: string[];
  /** Whether the base is a class of the language, Map for example, whose constructor has no code of JavaScript. */
  hasNativeBase: boolean;
}

/** Run in the target on one of them: from the class to its base. */
function listChain(first: unknown): unknown[] {
  const functions: unknown[] = [];
  for (let at = first; typeof at === 'function' && at !== Function.prototype; at = Object.getPrototypeOf(at))
    functions.push(at);
  return functions;
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

/** Null for a function of the language, which is written in no script. */
export async function placeOf(channel: Channel, objectId: string): Promise<CodePlace | null> {
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
