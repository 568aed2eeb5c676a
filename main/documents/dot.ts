// DOT files (.dot, .gv, .xdot): bytes to text, by their byte-order mark, the graph's own `charset`, or UTF-8.
import { attributesIn, type WrittenAttribute } from '../../shared/dot/attributes.ts';
import { graphFormats } from '../../shared/file-formats.ts';
import type { DocumentFormat, Source } from './document-format.ts';
import { DocumentError } from '../problem.ts';

export const dot: DocumentFormat = {
  ...graphFormats.dot,
  // DOT has no magic number: comments, or one of two words, or any text that Graphviz will judge.
  recognise: (bytes) => !withoutTrailingNuls(bytes).subarray(0, 4096).includes(0) || hasWideMark(bytes),
  read: readDot,
};

/**
 * Decodes DOT. What is not UTF-8 is Windows-1252, as browsers read it (Graphviz reads Latin-1, which is the same but for signs
 * that is not visible), and an unknown charset is only a warning. The decoded text declares UTF-8 itself, so that Graphviz does
 * not decode it again.
 */
function readDot(file: Uint8Array, name: string): Source {
  if (hasWideMark(file)) {
    const dot = new TextDecoder(file[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(file);
    return { dot: declaredAsUtf8(dot), warnings: [] };
  }
  // Graphviz ends a text at a NUL; some programs write theirs with it.
  const bytes = withoutTrailingNuls(file);
  refuseBinary(bytes, name);
  if (bytes.every((byte) => byte < 0x80)) return { dot: new TextDecoder().decode(bytes), warnings: [] };
  const warnings: string[] = [];
  // Latin-1 keeps ASCII as it is, so the attribute can be read before the charset is known.
  const declared = (hasUtf8Mark(bytes) ? null : charsetOf(Buffer.from(bytes).toString('latin1'))) ?? 'utf-8';
  const charset = decoderName(declared);
  if (charset === null)
    warnings.push(`The charset ${JSON.stringify(declared)} is unknown; the file is read as UTF-8`);
  const dot = charset === null || charset === 'utf-8' ? readUtf8(bytes, warnings) : decode(bytes, charset);
  return { dot: declaredAsUtf8(dot), warnings };
}

const isCharset = ({ name, ofGraph }: WrittenAttribute) => ofGraph && name === 'charset';

/** What the first graph that has one declares. */
function charsetOf(dot: string): string | null {
  if (!dot.includes('charset')) return null;
  for (const attribute of attributesIn(dot)) if (isCharset(attribute)) return attribute.value.trim();
  return null;
}

/** The text with UTF-8 wherever a graph of it declares a charset. */
function declaredAsUtf8(dot: string): string {
  if (!dot.includes('charset')) return dot;
  let text = '';
  let from = 0;
  for (const attribute of attributesIn(dot)) {
    if (!isCharset(attribute)) continue;
    text += `${dot.slice(from, attribute.start)}"utf-8"`;
    from = attribute.end;
  }
  return text + dot.slice(from);
}

/** What was decoded elsewhere. The text says UTF-8 itself, so that Graphviz does not decode it again. */
export const sourceOfText = (text: string): Source => ({ dot: declaredAsUtf8(text), warnings: [] });

function readUtf8(bytes: Uint8Array, warnings: string[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = lineOf(bytes, firstInvalidByte(bytes));
    warnings.push(
      `Line ${line} is not UTF-8; the file is read as Windows-1252 (charset=latin1 in the graph declares that)`,
    );
    return readWindows1252(bytes);
  }
}

const decode = (bytes: Uint8Array, charset: string) =>
  charset === 'windows-1252' ? readWindows1252(bytes) : new TextDecoder(charset).decode(bytes);

/** The characters of 0x80 to 0x9f, where Latin-1 has control characters (https://encoding.spec.whatwg.org/index-windows-1252.txt). */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Node 20's TextDecoder reads windows-1252 as Latin-1. */
function readWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (control) => windows1252[control.charCodeAt(0) - 0x80]);
}

const hasWideMark = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

const hasUtf8Mark = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** Of a text whose last sign is the brace of a graph; other bytes before a NUL are binary data. */
function withoutTrailingNuls(bytes: Uint8Array): Uint8Array {
  let { length } = bytes;
  while (length > 0 && bytes[length - 1] === 0) length--;
  let last = length - 1;
  while (last > 0 && bytes[last] <= 32) last--;
  return bytes[last] === 0x7d ? bytes.subarray(0, length) : bytes;
}

function refuseBinary(bytes: Uint8Array, file: string): void {
  const at = bytes.indexOf(0);
  if (at >= 0) throw new DocumentError({ message: `not a DOT file: it has binary data at byte ${at}`, file });
}

/** The name by which TextDecoder knows a charset of Graphviz's, or null. */
function decoderName(charset: string): string | null {
  const aliases: Record<string, string> = { 'big-5': 'big5', 'latin-1': 'latin1', 'iso-ir-100': 'latin1' };
  const name = charset.toLowerCase();
  try {
    return new TextDecoder(aliases[name] ?? name).encoding;
  } catch {
    return null;
  }
}

/** Where UTF-8 breaks off: the decoder does not report it, so the longest valid beginning is found by halving. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isUtf8Beginning(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

function isUtf8Beginning(bytes: Uint8Array): boolean {
  try {
    // `stream`: a character that is cut at the end is no mistake.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line++;
  return line;
}
