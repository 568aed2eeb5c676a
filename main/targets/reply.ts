// What an inspector sends is checked before it is used: a stranger may answer at the address, or an inspector that knows another
// protocol.
import { TargetError } from './target.ts';

/** The other side does not speak the inspector's protocol, or not this part of it. */
export class MalformedReplyError extends TargetError {
  constructor() {
    super('the inspector sent an answer that its protocol does not allow: is it an inspector of V8?');
  }
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws MalformedReplyError */
export function asFields(value: unknown): Fields {
  if (!isFields(value)) throw new MalformedReplyError();
  return value;
}

/** @throws MalformedReplyError */
export function asText(value: unknown): string {
  if (typeof value !== 'string') throw new MalformedReplyError();
  return value;
}

/** A finite number that is not negative. @throws MalformedReplyError */
export function asCount(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) throw new MalformedReplyError();
  return value;
}

/** @throws MalformedReplyError, also when an element is not what it should be */
export function asList<T>(value: unknown, asElement: (element: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new MalformedReplyError();
  return value.map(asElement);
}

/** Undefined stays what it is. */
export function optional<T>(value: unknown, as: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : as(value);
}

/** The beginning of a text that a stranger may have made as long as he liked. */
export function shortened(text: string, maxLength = 200): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
