// Who makes the objects of a class in the attached process: asked for by the user, recorded for some seconds, and listed.
import { messageOf } from '../../shared/errors.ts';
import type { ClassSitesRow, FoundSites } from '../../shared/protocol/allocations.ts';
import type { ClassLocation } from '../../shared/protocol/heap.ts';
import type { Connection } from '../host.ts';
import { ListedRows } from '../ui/listed-rows.svelte.ts';

/** `ask`: the cost is shown, and nothing has begun; `track`: there is no constructor, and the costly way is offered. */
type Stage = 'ask' | 'recording' | 'track' | 'found' | 'failed';

export class ClassSearch {
  readonly #host: Connection;
  stage = $state<Stage>('ask');
  problem = $state('');
  found = $state.raw<FoundSites[]>([]);
  notes = $state.raw<string[]>([]);
  isTracked = $state(false);
  readonly rows = new ListedRows<ClassSitesRow>(() => {});

  constructor(
    host: Connection,
    readonly type: string,
    readonly location: ClassLocation | null,
  ) {
    this.#host = host;
  }

  record = async (seconds: number, isTracked: boolean): Promise<void> => {
    this.stage = 'recording';
    this.isTracked = isTracked;
    const { type, location } = this;
    try {
      const answer = await this.#host.request('target.sites', {
        type,
        script: location?.script ?? null,
        line: location?.line ?? 0,
        seconds,
        isTracked,
      });
      if (answer === null) {
        this.stage = 'track';
        return;
      }
      this.found = answer.classes;
      this.notes = answer.notes;
      this.rows.rows = answer.classes
        .flatMap(({ sites }) => sites)
        .sort((a, b) => (b.alive ?? 0) - (a.alive ?? 0) || (b.made ?? 0) - (a.made ?? 0));
      this.stage = 'found';
    } catch (error) {
      this.problem = messageOf(error);
      this.stage = 'failed';
    }
  };

  /** Its part of what is alive, or of what was made where that is not known. */
  share({ alive, made }: ClassSitesRow): number {
    const sum = (values: (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);
    const allAlive = sum(this.found.map((each) => each.alive));
    if (allAlive > 0) return (alive ?? 0) / allAlive;
    const allMade = sum(this.found.map((each) => each.made));
    return allMade > 0 ? (made ?? 0) / allMade : 0;
  }
}
