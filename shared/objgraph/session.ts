// The inspector session of the library: open for one question, or kept open while ids must stay what they are.
// V8 numbers objects, and follows them when they move, from the first snapshot until a session disconnects. That
// makes allocation several times slower, so it ends with the question unless ids are in use.
import { process } from './node-modules.ts';
import { Inspector } from './inspector.ts';

const state: { kept: Inspector | null; generation: number } = { kept: null, generation: 1 };

/** Objects of known ids: any session of the program that disconnects renumbers them, without notice. */
const sentinels = { objects: [{}, {}, {}], ids: '' };

/**
 * A session for one question; null where the process has none. Give it back with `endQuestion`.
 * (Not a callback: while V8 lists all objects, no closure of the library may be alive.)
 */
export function beginQuestion(): Inspector | null {
  return state.kept ?? Inspector.open();
}

/** Ends a question. Afterwards allocation is as fast as before, unless ids are kept. */
export function endQuestion(inspector: Inspector | null): void {
  if (inspector === null) return;
  if (inspector === state.kept) {
    inspector.releaseHandles();
    return;
  }
  inspector.close();
  state.generation++;
}

/** Keeps ids stable from now on; where the process has no inspector, nothing ever resets them. */
export function keepIds(): void {
  if (state.kept) return;
  state.kept = Inspector.open();
  // Asked before the first snapshot: what Node sets up for the first answers is not to be new in the second one.
  if (state.kept) idsOfSentinels(state.kept);
}

/** Whether ids are being kept. */
export function keepsIds(): boolean {
  return state.kept !== null;
}

/** Node's object behind the session that is kept open, if any. */
export function keptSession(): object[] {
  return state.kept ? [state.kept.session] : [];
}

/** Remembers the ids of the sentinels: to be called after a snapshot, which numbers all objects. */
export function noteIds(): void {
  if (state.kept) sentinels.ids = idsOfSentinels(state.kept);
}

/**
 * The number of the present numbering: ids of another generation name other objects. Notices when a session of the
 * program, by disconnecting, has made V8 forget its ids, and warns.
 */
export function idGeneration(): number {
  if (state.kept && sentinels.ids !== '' && idsOfSentinels(state.kept) !== sentinels.ids) {
    sentinels.ids = '';
    state.generation++;
    process.emitWarning(
      'V8 has renumbered all objects, because an inspector session of the program was closed: ids and snapshots of before are void',
      'ObjgraphWarning',
    );
  }
  return state.generation;
}

/**
 * Lets V8 forget the ids given out by `id`, `getNewIds` and `takeSnapshot`, so that allocation is at full speed again.
 * The next question numbers the objects anew.
 */
export function forgetIds(): void {
  if (!state.kept) return;
  state.kept.close();
  state.kept = null;
  state.generation++;
  sentinels.ids = '';
}

function idsOfSentinels(inspector: Inspector): string {
  return sentinels.objects.map((object) => inspector.idOf(object)).join();
}
