// Scripts of ours that work on what strangers made, each run in a process with limits (limited-task.ts is its other end).
import { join } from 'node:path';
import { ownNode } from '../../shared/programs.ts';
import { distFolder } from '../package.ts';
import { runLimited, type Input, type Limits, type Outcome } from './limited-process.ts';

export type LimitedScript = 'png-process' | 'image-process';

/** Runs a script of `dist`, which reads a line of JSON and bytes, and answers in the same form. */
export type ScriptRunner = (
  script: LimitedScript,
  input: Input,
  limits: Limits,
  signal?: AbortSignal,
) => Promise<Outcome>;

export const scriptFile = (script: LimitedScript): string => join(distFolder, `${script}.js`);

export const runByNode: ScriptRunner = (script, input, limits, signal) =>
  runLimited(ownNode(), [scriptFile(script)], {
    input,
    limits,
    signal,
    env: { ...process.env, NODE_OPTIONS: '' },
  });

let runner = runByNode;

/** The desktop app cannot be started as Node: it has another way to start a process. */
export function runScriptsBy(other: ScriptRunner): void {
  runner = other;
}

export interface Answer {
  head: unknown;
  body: Buffer;
}

/**
 * Gives a script a task, and returns its answer.
 * @throws ScriptFailure, whose message is the end of a sentence; the signal's reason; the reason for which there is no body
 */
export async function runScript(
  script: LimitedScript,
  task: object,
  limits: Limits,
  {
    body = '',
    signal,
  }: { body?: Uint8Array | string | Promise<Uint8Array | string>; signal?: AbortSignal } = {},
): Promise<Answer> {
  const head = `${JSON.stringify({ ...task, limits })}\n`;
  const input = Promise.resolve(body).then((bytes) => [head, bytes]);
  // It may fail before a process waits for it, which then reports it.
  input.catch(() => {});
  const outcome = await runner(script, input, limits, signal);
  if (outcome.status !== 0 || outcome.exceeded !== null) throw new ScriptFailure(whyNot(outcome, limits));
  const end = outcome.output.indexOf('\n');
  return {
    head: JSON.parse(outcome.output.toString('utf8', 0, end)) as unknown,
    body: outcome.output.subarray(end + 1),
  };
}

export class ScriptFailure extends Error {
  override readonly name = 'ScriptFailure';
}

function whyNot({ status, complaint, exceeded }: Outcome, { memory, time }: Limits): string {
  if (exceeded === 'time') return `it took more than ${time / 1000} seconds`;
  if (status === 1) return complaint.trim();
  // The process ends itself by a signal when it has too much; one that asked for more than there is was aborted.
  return `it needed more than ${(memory / 2 ** 30).toFixed(1)} GB of memory`;
}
