// `--only yours|packages|internal|all`: whose classes and objects a command lists.
import { ownerFilters, type OwnerFilter, type OwnerName } from '../../shared/protocol/heap.ts';
import { ownerWords } from '../../shared/owner-words.ts';
import type { HeapLanguage } from '../../shared/heap/heap-language.ts';
import { readChoice } from './options.ts';

export const ownerHelp = `      --only OWNER                yours, packages, internal (the runtime and the language) or all (default), by the script of the class
`;

export function readOwner(value: string | undefined): OwnerFilter {
  return value === undefined ? 'all' : readChoice('only', value, ownerFilters);
}

/** Marks what is the program's own; the table's last line says so. */
export const ownerMark = ({ owner }: { owner: OwnerName }) => (owner === 'yours' ? '*' : '');

/** The last line; none where nothing is marked. */
export const ownerNote = (
  rows: readonly { owner: OwnerName }[],
  language: HeapLanguage['name'] = 'javascript',
) => (rows.some(({ owner }) => owner === 'yours') ? [`* yours: ${ownerWords[language].yours.hint}`] : []);
