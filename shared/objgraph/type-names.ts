// The name of a live object's type, found without running any of its code: no getter, no trap, no toString.
// It follows V8's JSReceiver::GetConstructorName, so that live counts and snapshots speak of the same classes.
import { isProxy, isRegExp } from 'node:util/types';
import type { OriginalNames } from './original-names.ts';

/** Names types; remembers one name per prototype, so that a million objects cost a million look-ups. */
export class TypeNames {
  private readonly byPrototype = new Map<object | null, string>();

  /** @param original the author's names, where source maps have them */
  constructor(private readonly original: OriginalNames | null = null) {}

  /** The type of an object; null for prototypes of classes, which are machinery and not instances. */
  of(object: object): string | null {
    if (isProxy(object)) return 'Proxy';
    if (typeof object === 'function') return 'Function';
    if (isPrototypeOfItsClass(object)) return null;
    if (isRegExp(object)) return 'RegExp';
    const prototype = Object.getPrototypeOf(object) as object | null;
    let name = this.byPrototype.get(prototype);
    if (name === undefined) {
      name = prototype === null ? 'Object' : inheritedName(prototype, this.original);
      this.byPrototype.set(prototype, name);
    }
    // A tag of its own names what no class names.
    return name === 'Object' && Object.hasOwn(object, Symbol.toStringTag) ? (ownTag(object) ?? name) : name;
  }
}

/** Whether an object is the `prototype` of the function that is its own `constructor`. */
export function isPrototypeOfItsClass(object: object): boolean {
  // A look-up by name first: own property descriptors cost far more, and almost no object is a prototype.
  if (!Object.hasOwn(object, 'constructor')) return false;
  const constructor: unknown = dataProperty(object, 'constructor');
  return (
    typeof constructor === 'function' &&
    !isProxy(constructor) &&
    dataProperty(constructor, 'prototype') === object
  );
}

function inheritedName(prototype: object, original: OriginalNames | null): string {
  for (
    let current: object | null = prototype;
    current !== null;
    current = Object.getPrototypeOf(current) as object | null
  ) {
    if (isProxy(current)) break;
    const constructor: unknown = dataProperty(current, 'constructor');
    const name =
      typeof constructor === 'function' && !isProxy(constructor) && dataProperty(constructor, 'name');
    if (typeof name === 'string' && name !== '' && name !== 'Object')
      return original?.of(constructor as object, name) ?? name;
    const tag = ownTag(current);
    if (tag) return tag;
  }
  return 'Object';
}

function ownTag(object: object): string | null {
  const tag: unknown = dataProperty(object, Symbol.toStringTag);
  return typeof tag === 'string' && tag !== '' ? tag : null;
}

function dataProperty(object: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
