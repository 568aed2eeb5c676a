// The path to an object as a row of short chips: the root, the references that lead on, the object; runs of internals folded.
import type { PathStep } from '../../../shared/protocol/heap.ts';

export interface PathChip {
  /** The reference that leads here; empty for the root. */
  reference: string;
  /** What is there: a class, a function's name, a module's file. */
  what: string;
  isYours: boolean;
  /** Its object; null for a chip of several. */
  id: number | null;
  /** All of it, for those who want to know. */
  title: string;
  /** What it folds; empty for a chip of one object. */
  parts: PathChip[];
}

/** More are folded, from the middle. */
const maxChips = 7;

export function pathChips(path: readonly PathStep[]): PathChip[] {
  const chips: PathChip[] = [];
  let folded: PathStep[] = [];
  const fold = () => {
    if (folded.length === 1) chips.push(chipOf(path, path.indexOf(folded[0])));
    else if (folded.length > 1)
      chips.push(
        foldedChip(
          folded.map((step) => chipOf(path, path.indexOf(step))),
          'internal',
        ),
      );
    folded = [];
  };
  path.forEach((step, i) => {
    const isEnd = i === 0 || i === path.length - 1;
    if (!isEnd && isInternal(path, i)) folded.push(step);
    else {
      fold();
      chips.push(chipOf(path, i));
    }
  });
  if (chips.length <= maxChips) return chips;
  // The beginning shows the file, the end what holds the object.
  const middle = chips.slice(2, chips.length - 4);
  return [...chips.slice(0, 2), foldedChip(middle, 'more'), ...chips.slice(-4)];
}

/** Node's own, and what the language made between two of Node's own. */
function isInternal(path: readonly PathStep[], i: number): boolean {
  const { owner } = path[i].object;
  if (owner === 'internal') return true;
  if (owner !== 'builtIn') return false;
  const around = (step: number): boolean => {
    for (let at = i + step; at > 0 && at < path.length; at += step)
      if (path[at].object.owner !== 'builtIn') return path[at].object.owner === 'internal';
    return step < 0;
  };
  return path.some(({ object }) => object.owner === 'internal') && around(-1) && around(1);
}

function chipOf(path: readonly PathStep[], i: number): PathChip {
  const { object } = path[i];
  const reference = i === 0 ? '' : (path[i - 1].edge ?? '');
  const what = nameOf(object);
  return {
    reference: reference === what ? '' : reference,
    what,
    isYours: object.owner === 'yours',
    id: object.id,
    title: `${reference} → ${object.type} ${object.name}`.replace(/^ → /, '').trim(),
    parts: [],
  };
}

const foldedChip = (parts: PathChip[], what: string): PathChip => ({
  reference: '',
  what: `+${parts.length} ${what}`,
  isYours: false,
  id: null,
  title: parts.map(({ title }) => title).join('\n'),
  parts,
});

function nameOf({ type, name }: PathStep['object']): string {
  switch (type) {
    case 'global':
      return 'globalThis';
    case 'Module':
      return name.slice(name.lastIndexOf('/') + 1) || 'Module';
    case 'Function':
      return `${name.split(' ')[0]}()`;
    case 'system / Context':
      return 'scope';
    default:
      return /^[\d,]+ (items|entries)$/.test(name) ? `${type} ${name}` : type;
  }
}
