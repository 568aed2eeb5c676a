// Which class a user means, by its name and perhaps its place.
import { shortPath } from '../../shared/heap/short-path.ts';
import { filePath } from '../../shared/source-maps/source-text.ts';
import type { PlacedClass } from './placed-class.ts';

/** A class by the name that a user types (`Session — src/session.ts:3`), or by its name and place as a table has them. */
export type WantedClass = string | { type: string; script: string | null; line: number };

/** What messages call it. */
export const wantedName = (wanted: WantedClass): string =>
  typeof wanted === 'string' ? wanted : wanted.type;

/** Its name without a place. */
export const shortNameOf = (wanted: WantedClass): string => wantedName(wanted).split(' — ')[0];

export function isMeant(
  { type, location }: Pick<PlacedClass, 'type' | 'location'>,
  wanted: WantedClass,
): boolean {
  if (typeof wanted !== 'string') {
    if (type !== wanted.type) return false;
    return (
      wanted.script === null ||
      (location !== null && isSameFile(location.script ?? '', wanted.script) && location.line === wanted.line)
    );
  }
  if (type === wanted) return true;
  if (location === null) return false;
  const place = `${type} — ${shortPath(location.script ?? '', process.cwd())}:${location.line}`;
  return wanted === place || wanted === `${place}:${location.column}`;
}

/** Of a CommonJS module, a snapshot has the path and an inspector the URL. */
const isSameFile = (a: string, b: string) => a === b || (filePath(a) !== null && filePath(a) === filePath(b));
