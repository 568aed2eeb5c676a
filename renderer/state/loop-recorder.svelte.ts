// A loop that is recorded: the user does something and undoes it, again and again, between three snapshots. What each round left
// behind is in the suspects of those three alone.
import { messageOf } from '../../shared/errors.ts';
import type { SnapshotState } from '../../shared/protocol/heap.ts';
import type { AttachedState } from '../../shared/protocol/targets.ts';
import { inBackground } from './failures.svelte.ts';

/** What the recorder does with the target; see `AttachedTarget`. */
export interface LoopTarget {
  readonly state: AttachedState | null;
  /** Why the last request was refused. */
  readonly failure: string | null;
  takeSnapshot(): Promise<void>;
  evaluate(expression: string): Promise<{ description: string; threw: boolean }>;
}

export type LoopStep =
  | { kind: 'closed' }
  /** How many rounds, and who does them, is asked. */
  | { kind: 'asked' }
  /** So many rounds of this part are done. The first part warms up: what a first round creates is no leak. */
  | { kind: 'round'; part: number; done: number }
  | { kind: 'snapshot'; part: number }
  | { kind: 'failed'; message: string };

/** One before the measured rounds, one between them, one after. */
const snapshotCount = 3;
/** Milliseconds after a round of a script: what it started may end. */
const settleTime = 500;

export class LoopRecorder {
  step = $state.raw<LoopStep>({ kind: 'closed' });
  /** Rounds between two snapshots. */
  rounds = $state(3);
  /** An expression that does one round in the target; empty when the user does them. */
  script = $state('');
  readonly #target: LoopTarget;
  readonly #finished: (snapshots: number[]) => void;
  /** Those that were there before a snapshot was requested. */
  #known: readonly number[] = [];
  #taken: number[] = [];
  /** The target has begun the snapshot: a problem that it reports is of this one. */
  #hasBegun = false;

  /** @param finished gets the ids of the three snapshots, the oldest first */
  constructor(target: LoopTarget, finished: (snapshots: number[]) => void) {
    this.#target = target;
    this.#finished = finished;
  }

  get isOpen(): boolean {
    return this.step.kind !== 'closed';
  }

  /** Rounds of a part: one to warm up. */
  roundsOf = (part: number): number => (part === 0 ? 1 : this.rounds);

  open = (): void => {
    this.step = { kind: 'asked' };
  };

  /** Ends the recording; the snapshots stay. */
  close = (): void => {
    this.step = { kind: 'closed' };
  };

  start = (): void => {
    this.#taken = [];
    this.#begin(0);
  };

  /** The user has done a round. */
  roundDone = (): void => {
    const { step } = this;
    if (step.kind !== 'round') return;
    const done = step.done + 1;
    if (done < this.roundsOf(step.part)) this.step = { ...step, done };
    else this.#awaitSnapshot(step.part);
  };

  /** To be called with every change of the target and of the window's snapshots. */
  observe(target: AttachedState | null, snapshots: readonly SnapshotState[]): void {
    if (this.step.kind === 'closed' || this.step.kind === 'failed') return;
    if (target === null || target.status === 'ended')
      return this.#fail('The target has ended before the loop was recorded');
    if (this.step.kind !== 'snapshot') {
      this.#known = snapshots.map(({ id }) => id);
      return;
    }
    this.#hasBegun ||= target.status === 'snapshot';
    if (this.#hasBegun && target.problem) return this.#fail(target.problem.message);
    const added = snapshots.find(({ id }) => !this.#known.includes(id));
    if (!added || target.status !== 'attached') return;
    if (added.problem) return this.#fail(added.problem.message);
    if (added.nodes === 0) return;
    this.#known = snapshots.map(({ id }) => id);
    this.#taken.push(added.id);
    if (this.#taken.length < snapshotCount) return this.#begin(this.step.part + 1);
    this.close();
    this.#finished(this.#taken);
  }

  #begin(part: number): void {
    this.step = { kind: 'round', part, done: 0 };
    if (this.script.trim() !== '') inBackground(this.#runScript(part));
  }

  #awaitSnapshot(part: number): void {
    this.#hasBegun = false;
    this.step = { kind: 'snapshot', part };
    inBackground(
      this.#target.takeSnapshot().then(() => {
        if (this.#target.failure !== null) this.#fail(this.#target.failure);
      }),
    );
  }

  async #runScript(part: number): Promise<void> {
    const isCurrent = () => this.step.kind === 'round' && this.step.part === part;
    try {
      for (let round = 0; round < this.roundsOf(part) && isCurrent(); round++) {
        const { threw, description } = await this.#target.evaluate(this.script);
        if (threw) throw new Error(`The script threw ${description}`);
        await new Promise((resolve) => setTimeout(resolve, settleTime));
        if (isCurrent()) this.roundDone();
      }
    } catch (error) {
      if (isCurrent()) this.#fail(messageOf(error));
    }
  }

  #fail(message: string): void {
    this.step = { kind: 'failed', message };
  }
}
