// What the page sends is data from outside: the schema of its request checks every parameter before a handler sees it.
import * as v from 'valibot';
import { CodedError } from '../../../shared/errors.ts';
import type { Method } from '../../../shared/protocol.ts';
import { requests } from '../../../shared/protocol/declarations.ts';
import { refusalOf, type Declared, type RequestSchema } from '../../../shared/protocol/schema.ts';
import { startInBackground } from '../../background.ts';

/** Answers to a part of the protocol, of parameters that are checked. */
export type Handlers<Part extends Record<string, RequestSchema>> = {
  [M in keyof Part]: (params: Declared<Part>[M]['params']) => Promise<Declared<Part>[M]['result']>;
};

export const isMethod = (method: string): method is Method => Object.hasOwn(requests, method);

/** @throws CodedError, `invalid`, that names the parameter and what it has to be */
export function readParams(method: Method, params: unknown): unknown {
  const { success, output, issues } = v.safeParse(requests[method].params, params, { abortEarly: true });
  if (!success) throw new CodedError('invalid', refusalOf(issues[0]));
  return output;
}

/** Answers at once: the outcome of the work comes as an event, and so does its failure, by `report`. */
export function acknowledge(work: unknown, report?: (message: string) => void): Promise<null> {
  if (work instanceof Promise) startInBackground(work, report);
  return Promise.resolve(null);
}
