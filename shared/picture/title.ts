// What a picture is of, in one line: for the head of the window, for the exported file, for the window's title.
import { grouped, inBytes } from '../quantities.ts';
import type { Box, Picture } from './picture.ts';

/** `Path to root of Map store.#sessions · 766 kB`. @param sizeText writes the size of what it is of; empty for none */
export function pictureTitle(
  picture: Picture,
  sizeText = (size: number | null) => (size === null ? '' : inBytes(size)),
): string {
  const starts = picture.boxes.filter(
    (box) => (box.kind === 'object' || box.kind === 'group') && box.isStart,
  );
  const [first, ...others] = starts;
  if (first === undefined) return 'Objects';
  const subject = others.length === 0 ? subjectOf(first, picture) : `${grouped(starts.length)} objects`;
  const size = others.length === 0 && 'size' in first ? sizeText(first.size) : '';
  const title = picture.kind === 'path' ? pathTitles[picture.direction] : neighbourTitles[picture.direction];
  return `${title} ${subject}${size === '' ? '' : ` · ${size}`}`;
}

const neighbourTitles = { references: 'References of', referrers: 'Back references of' };
const pathTitles = { references: 'Path from', referrers: 'Path to root of' };

function subjectOf(box: Box, picture: Picture): string {
  if (box.kind === 'group')
    return box.count === 1 ? joined(box.type, box.text) : `${grouped(box.count)} × ${box.type}`;
  if (box.kind !== 'object') return '';
  const variable = picture.kind === 'path' ? variableOf(box.name, picture) : '';
  return joined(box.type, variable || box.text);
}

/** The names by which a path reaches its end: `store.#sessions`. */
function variableOf(name: string, { edges }: Picture): string {
  const last = edges.find(({ head }) => head === name);
  if (!last || !isIdentifier(last.label) || scopes.has(last.label)) return '';
  const before = edges.find(({ head }) => head === last.tail);
  return before && isIdentifier(before.label) && !scopes.has(before.label)
    ? `${before.label}.${last.label}`
    : last.label;
}

const isIdentifier = (label: string) => /^#?[\p{L}_$][\p{L}\p{N}_$]*$/u.test(label);

/** These name no variable of the program. */
const scopes: ReadonlySet<string> = new Set(['scope', 'exports', 'prototype', 'value', 'key', 'member']);

const joined = (...parts: string[]) => parts.filter(Boolean).join(' ');
