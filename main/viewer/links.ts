// Where a link of a picture leads. A picture may be a stranger's: addresses of the web, letters, graphs and source files beside
// the picture open at once, everything else after a question, and what would run a script never.
import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allow, readAllowed } from '../allowed.ts';
import { readPlace, type EditorPlace } from '../editor.ts';
import { sizeOfFile } from '../../shared/source-maps/source-text.ts';

/** What opens a link, and the question before it, where there is one. */
export interface LinkAction {
  open:
    | { how: 'outside'; url: string }
    | { how: 'editor'; place: EditorPlace }
    | { how: 'document'; path: string };
  /** To ask the user first; null where the link may open at once. */
  question: string | null;
  /** What the user may allow for good with their answer: a scheme. */
  scheme: string | null;
}

/** These run a script, or show what was made to deceive, wherever they are opened. */
const neverOpened = new Set([
  'javascript',
  'vbscript',
  'data',
  'blob',
  'about',
  'view-source',
  'chrome',
  'filesystem',
]);
/** What browsers and readers of the system show, and programs do not run. */
const shownOutside = /\.(?:html?|svg|png|jpe?g|gif|webp|pdf)$/i;
const graphFile = /\.(?:dot|gv|xdot)$/i;

/**
 * @param file the picture's own file, beside which relative links lead; null where it has none
 * @throws TypeError for what is never opened, and Error for a file that is not there, in words
 */
export function actionOf(link: string, file: string | null): LinkAction {
  const place = existingPlace(link.trim(), file && dirname(file));
  if (place) return fileAction(place, file);
  const url = URL.canParse(link) ? new URL(link) : null;
  const scheme = url?.protocol.slice(0, -1) ?? '';
  if (!url || neverOpened.has(scheme) || scheme === 'file') throw new TypeError(refusal(link, file));
  const open = { how: 'outside', url: url.href } as const;
  if (scheme === 'http' || scheme === 'https') return { open, question: null, scheme: null };
  if (scheme === 'mailto') return { open: { ...open, url: plainLetter(url) }, question: null, scheme: null };
  const isAllowed = readAllowed().schemes.includes(scheme);
  const question = `This link starts the program that opens “${scheme}:” addresses here:\n${shortened(url.href)}`;
  return { open, question: isAllowed ? null : question, scheme };
}

/** The user answered that links of this scheme may open without a question. */
export const allowScheme = (scheme: string) => allow('schemes', scheme);

function fileAction(place: EditorPlace, file: string | null): LinkAction {
  const path = realpathSync(place.file);
  const isBeside = file !== null && isInside(path, realpathSync(dirname(file)));
  if (graphFile.test(path) && place.line === undefined) {
    const question = `This link leads to a graph in another folder:\n${path}`;
    return { open: { how: 'document', path }, question: isBeside ? null : question, scheme: null };
  }
  if (shownOutside.test(path) && place.line === undefined) {
    const question = `This link opens a file of this computer in its own program:\n${path}`;
    return { open: { how: 'outside', url: pathToFileURL(path).href }, question, scheme: null };
  }
  const question = `This link opens a file of this computer in your editor:\n${path}`;
  const mayOpen = isBeside && place.line !== undefined;
  return {
    open: { how: 'editor', place: { ...place, file: path } },
    question: mayOpen ? null : question,
    scheme: null,
  };
}

/** As it is written, or with its `%20` read and its `#anchor` cut off, as far as there is such a file. */
function existingPlace(link: string, folder: string | null): EditorPlace | null {
  for (const text of [
    link,
    decoded(link),
    link.replace(/[?#].*$/, ''),
    decoded(link.replace(/[?#].*$/, '')),
  ]) {
    const place = readPlace(text, folder);
    if (place && sizeOfFile(place.file) !== null) return place;
  }
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isInside = (path: string, folder: string) =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** A letter without files: some programs would attach those that the address names. */
function plainLetter(url: URL): string {
  const headers = ['to', 'cc', 'bcc', 'subject', 'body'];
  const kept = [...url.searchParams].filter(([name]) => headers.includes(name.toLowerCase()));
  const query = kept.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `mailto:${url.pathname}${query ? `?${query}` : ''}`;
}

function refusal(link: string, file: string | null): string {
  const shown = JSON.stringify(shortened(link));
  const place = readPlace(link.trim(), '/');
  if (place === null) return `This link is never opened: ${shown}`;
  if (file === null && readPlace(link.trim(), null) === null)
    return `The link ${shown} is relative, and the graph has no file beside which it could lead`;
  return `The link leads to a file that is not there: ${shown}`;
}

const shortened = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
