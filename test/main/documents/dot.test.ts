import { expect, it } from 'vitest';
import { readDocument } from '../../../main/documents/formats.ts';

const read = (bytes: string | number[], file = 'x.dot') =>
  readDocument(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes), file);
const latin1 = (text: string) => [...Buffer.from(text, 'latin1')];

it('reads UTF-8, with and without its mark', () => {
  expect(read('graph { a [label="é 日本"] }')).toEqual({ dot: 'graph { a [label="é 日本"] }', warnings: [] });
  expect(read([0xef, 0xbb, 0xbf, ...latin1('graph {}')]).dot).toBe('graph {}');
});

it('reads UTF-16 by its mark', () => {
  expect(read([0xff, 0xfe, ...Buffer.from('graph { é }', 'utf16le')]).dot).toBe('graph { é }');
});

it.each(['latin1', '"Latin-1"', '"iso-8859-1"', '"ISO_8859-1"', 'l1', '"iso-ir-100"'])(
  'decodes charset=%s',
  (charset) => {
    const { dot, warnings } = read(latin1(`graph { charset=${charset}; a [label="é"] }`));
    expect(dot).toBe('graph { charset="utf-8"; a [label="é"] }');
    expect(warnings).toEqual([]);
  },
);

it('takes for windows-1252 what is not UTF-8, and says in which line', () => {
  const { dot, warnings } = read(latin1('graph {\n a [label="ok"]\n b [label="é"]\n}'));
  expect(dot).toContain('label="é"');
  expect(warnings).toEqual([expect.stringMatching(/^Line 3 is not UTF-8/)]);
});

it('reads windows-1252 as browsers do', () => {
  const bytes = [...latin1('graph { a [label="'), 0x80, 0x93, 0x94, ...latin1('é"] }')];
  expect(read(bytes).dot).toBe('graph { a [label="€“”é"] }');
});

it('ignores NULs at the end, as Graphviz does', () => {
  expect(read([...latin1('graph { a }\n'), 0, 0, 0]).dot).toBe('graph { a }\n');
  expect(read([...latin1('graph { a }'), 0], 'no-ending').dot).toBe('graph { a }');
});

it.each([
  'a [label="text/html; charset=utf-8 …"]',
  'a [label="charset=latin1 é"]',
  'a [label=<charset="latin1" é>]',
  '/* charset=latin1 */ a [label="é"]',
  'subgraph { charset=latin1; a [label="é"] }',
  'node [charset=latin1]; a [label="é"]',
  '"charset=latin1" -> "é"',
])('takes nothing else for a charset: %s', (statement) => {
  const text = `digraph { ${statement} }`;
  expect(read(text)).toEqual({ dot: text, warnings: [] });
});

it('declares UTF-8 in every graph of a file, however it was declared', () => {
  const text = 'graph { graph ["charset"="lat" + "in1"] a [label="é"] }\ngraph b { charset=latin1; "é" }';
  expect(read(latin1(text)).dot).toBe(
    'graph { graph ["charset"="utf-8"] a [label="é"] }\ngraph b { charset="utf-8"; "é" }',
  );
  const wide = [0xff, 0xfe, ...Buffer.from('graph { charset="utf-16"; é }', 'utf16le')];
  expect(read(wide).dot).toBe('graph { charset="utf-8"; é }');
});

it('warns of an unknown charset', () => {
  const { dot, warnings } = read('graph { charset=klingon; a [label="é"] }');
  expect(dot).toContain('é');
  expect(warnings).toEqual(['The charset "klingon" is unknown; the file is read as UTF-8']);
});

it('refuses what has NULs at its end but no graph', () => {
  expect(() => read([...latin1('\x89PNG'), 0, 0])).toThrow('it has binary data at byte 4');
});

it('refuses binary data, whatever it is called', () => {
  expect(() => read([0x89, 0x50, 0x4e, 0x47, 0, 1])).toThrow(
    'x.dot: not a DOT file: it has binary data at byte 4',
  );
  expect(() => read([0x89, 0x50, 0, 1], 'x.png')).toThrow(
    /x.png: not a file that can be shown; known are: DOT \(.dot, .gv, .xdot\)/,
  );
});

it('takes a text of any name for DOT', () => {
  expect(read('graph {}', 'graph.txt').dot).toBe('graph {}');
});
