// DOT files (.dot, .gv, .xdot): bytes to text, by their byte-order mark, the graph's own `charset`, or UTF-8.
import type { DocumentFormat, Source } from './formats.ts';
import { DocumentError } from './problem.ts';

export const dot: DocumentFormat = {
  name: 'DOT',
  extensions: ['.dot', '.gv', '.xdot'],
  // DOT has no magic number: comments, or one of two words, or any text that Graphviz will judge.
  recognise: (bytes) => !bytes.subarray(0, 4096).includes(0) || hasWideMark(bytes),
  read: readDot,
};

const charsetAttribute = /(\bcharset"?\s*=\s*)("[^"\n]*"|[\w.:-]+)/i;

/**
 * Decodes DOT as Graphviz does: what is not UTF-8 is Latin-1, and an unknown charset is only warned of. The text that comes
 * back says UTF-8 itself, so that Graphviz does not decode it again.
 */
function readDot(bytes: Uint8Array, file: string): Source {
  if (hasWideMark(bytes)) {
    return { dot: new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes), warnings: [] };
  }
  refuseBinary(bytes, file);
  if (bytes.every((byte) => byte < 0x80)) return { dot: new TextDecoder().decode(bytes), warnings: [] };
  const warnings: string[] = [];
  // Latin-1 keeps ASCII as it is, so the attribute can be looked for before the charset is known.
  const declared = charsetAttribute.exec(latin1(bytes))?.[2].replaceAll('"', '').trim() ?? 'utf-8';
  const charset = decoderName(declared);
  if (charset === null)
    warnings.push(`The charset ${JSON.stringify(declared)} is unknown; the file is read as UTF-8`);
  const dot =
    charset === null || charset === 'utf-8'
      ? readUtf8(bytes, warnings)
      : new TextDecoder(charset).decode(bytes);
  return { dot: dot.replace(charsetAttribute, '$1"utf-8"'), warnings };
}

function readUtf8(bytes: Uint8Array, warnings: string[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = lineOf(bytes, firstInvalidByte(bytes));
    warnings.push(
      `Line ${line} is not UTF-8; the file is read as Latin-1 (charset=latin1 in the graph says so)`,
    );
    return latin1(bytes);
  }
}

const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

const hasWideMark = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

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

/** Where UTF-8 breaks off: the decoder does not tell, so the longest valid beginning is searched by halves. */
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
