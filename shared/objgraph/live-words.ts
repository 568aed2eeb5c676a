// What a picture of the library says of objects: what the snapshot says, and what only the live process knows.
import { isMap, isProxy, isSet } from 'node:util/types';
import { cut } from '../heap/node-names.ts';
import { wordsOfHeap, type PictureWords } from '../picture/words.ts';
import type { Field, PictureStyle } from '../picture/picture.ts';
import { describeValue } from './arguments.ts';
import { referenceName } from './chains.ts';
import { describe } from './labels.ts';
import type { Snapshot } from './snapshot.ts';

/** @throws TypeError for a style that does not exist */
export function checkStyle(name: string, style: unknown): void {
  if (style !== undefined && style !== 'cards' && style !== 'classic')
    throw new TypeError(`${name}: style is 'cards' or 'classic': not ${describeValue(style)}`);
}

/** @param hasSizes retained sizes need an analysis of the whole heap, and the classic style does not show them */
export function wordsOf(
  snapshot: Snapshot,
  style: PictureStyle = 'cards',
  hasSizes = style === 'cards',
): PictureWords {
  const { analysis, names, references } = snapshot;
  const words = wordsOfHeap({ analysis, names, references, hasSizes });
  return {
    ...words,
    card: (node) => {
      const card = words.card(node);
      const text = describe(snapshot, node);
      // The place of a function has a line of its own, a scope its variables; an object of a class is known without its keys.
      const isKnown =
        card.type === 'Function' || card.type === 'Scope' || (card.type !== 'Object' && text.startsWith('{'));
      return isKnown ? card : { ...card, text };
    },
    fields: (node, limit) => liveFields(snapshot.valueOf(node), limit) ?? words.fields(node, limit),
    lines: (node) => [names.type(node), describe(snapshot, node)].filter((line, i) => i === 0 || line !== ''),
    reference: (owner, edge, target) => referenceName(snapshot, owner, edge, target),
  };
}

/** The primitive properties of an object, read without running a getter; null for what the snapshot knows better. */
function liveFields(value: unknown, limit: number): { fields: Field[]; total: number } | null {
  if (typeof value !== 'object' || value === null || isProxy(value) || Array.isArray(value)) return null;
  if (isMap(value) || isSet(value) || ArrayBuffer.isView(value)) return null;
  const fields: Field[] = [];
  let total = 0;
  for (const key of Object.keys(value)) {
    const text = primitiveText(Object.getOwnPropertyDescriptor(value, key));
    if (text === null) continue;
    total++;
    if (fields.length < limit) fields.push({ name: cut(key), value: text });
  }
  return { fields, total };
}

function primitiveText(property: PropertyDescriptor | undefined): string | null {
  if (!property || !('value' in property)) return null;
  const value: unknown = property.value;
  switch (typeof value) {
    case 'string':
      return cut(JSON.stringify(value));
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'symbol':
      return cut(`${String(value)}${typeof value === 'bigint' ? 'n' : ''}`);
    default:
      return value === null ? 'null' : null;
  }
}
