// What crosses the border between main and the page is what the protocol declares, and nothing besides.
import * as v from 'valibot';
import { expect } from 'vitest';
import type { MainMessage } from '../shared/protocol.ts';
import { events } from '../shared/protocol/declarations.ts';

/** Entries that the schema does not have are left out by it: then the two differ. */
export function expectDeclared(schema: v.GenericSchema, value: unknown): void {
  const { output, issues } = v.safeParse(schema, value);
  expect(issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toBeUndefined();
  expect(output).toEqual(value);
}

export function expectDeclaredEvent(message: MainMessage): void {
  if ('event' in message) expectDeclared(events[message.event], message.data);
}
