// The classes and functions of walked objects: what V8 calls them and where they are written, as in its snapshots. The inspector is
// asked once for each class, and for nothing else: see function-place.ts.
import { types } from 'node:util';
import { functionPlace, type FunctionPlace } from './function-place.ts';
import type { Inspector } from './inspector.ts';
import { isOwnScript } from './own-scripts.ts';
import { beginQuestion, endQuestion } from './session.ts';
import { threadScript } from './thread-scripts.ts';

/** A class or a function with its place, counted from 0. */
export interface KnownClass extends FunctionPlace {
  name: string;
  url: string;
}

const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { hasOwn } = Object;
const toSource = Function.prototype.toString;

export class ClassesOfObjects {
  private inspector: Inspector | null = null;
  private readonly ofPrototype = new Map<object, KnownClass | null>();
  private readonly known = new Map<object, KnownClass | null>();

  /** Ends what was asked of the inspector, if anything was. */
  end(): void {
    endQuestion(this.inspector);
    this.inspector = null;
  }

  /**
   * The class of objects with a prototype. Null where one of the classes that it inherits from is not written in JavaScript, or has
   * private fields: V8 alone knows what their instances hold.
   */
  ofInstances(prototype: object): KnownClass | null {
    let found = this.ofPrototype.get(prototype);
    if (found === undefined) this.ofPrototype.set(prototype, (found = this.findClass(prototype)));
    return found;
  }

  private findClass(prototype: object): KnownClass | null {
    let found: KnownClass | null = null;
    for (
      let current: object | null = prototype;
      current !== Object.prototype;
      current = getPrototypeOf(current)
    ) {
      if (current === null || types.isProxy(current) || hasOwn(current, Symbol.toStringTag)) return null;
      const constructor: unknown = getOwnPropertyDescriptor(current, 'constructor')?.value;
      if (typeof constructor !== 'function' || types.isProxy(constructor)) return null;
      if (getOwnPropertyDescriptor(constructor, 'prototype')?.value !== current) return null;
      const place = this.ofFunction(constructor);
      if (place === null || place.name === '' || sourceOf(constructor).includes('#')) return null;
      found ??= place;
    }
    return found;
  }

  /** Null for functions that are written in no script, whose name was changed, and for the library's own. */
  ofFunction(fn: object): KnownClass | null {
    let found = this.known.get(fn);
    if (found === undefined) this.known.set(fn, (found = this.findFunction(fn)));
    return found;
  }

  private findFunction(fn: object): KnownClass | null {
    const source = sourceOf(fn);
    const name: unknown = getOwnPropertyDescriptor(fn, 'name')?.value ?? '';
    if (typeof name !== 'string' || /^(?:get |set |bound |\[|#)/.test(name)) return null;
    const [, written] =
      /^(?:class|(?:async\s+)?function\b\s*\*?)\s*([\p{L}_$][\p{L}\p{N}_$]*)?/u.exec(source) ?? [];
    if (written !== undefined && written !== 'extends' && written !== name) return null;
    if (isNative(source) || source.includes('#')) return null;
    this.inspector ??= beginQuestion();
    const place = this.inspector && functionPlace(this.inspector, fn);
    const script = place && threadScript(place.scriptId);
    if (!script || script.isRenamed || isOwnScript(script.url)) return null;
    return { name, url: script.url, ...place };
  }
}

const sourceOf = (fn: object): string => apply<object, [], string>(toSource, fn, []);

const isNative = (source: string) => source.endsWith('{ [native code] }');
