import { describe, expect, it } from 'vitest';
import { nodeNames } from '../../../main/workers/graphviz.ts';
import { attributesIn } from '../../../shared/dot/attributes.ts';
import { quoteId, quoteLabel, Tokens, valueOf } from '../../../shared/dot/tokens.ts';
import { randomFrom } from '../../renderer/random.ts';

function tokensOf(text: string): string[] {
  const found: string[] = [];
  for (const token = new Tokens(text); token.kind !== 'end'; token.next())
    found.push(`${token.kind} ${token.text}`);
  return found;
}

describe('tokens', () => {
  it('are ids, marks and edges, without blanks and comments', () => {
    const text = '\ufeffdigraph/* { */"a b" { # no comment here\n# 1 "x.dot"\n a->-1.5:n //x\n}';
    expect(tokensOf(text)).toEqual([
      ...['id digraph', 'id "a b"', '{ {', 'other #', 'id no', 'id comment', 'id here'],
      ...['id a', 'edge ->', 'id -1.5', ': :', 'id n', '} }'],
    ]);
  });

  it('are one each for strings and HTML, whatever is in them', () => {
    expect(tokensOf('a="x \\" } // \\\\" b=<i <b>"</b> }>;')).toEqual([
      ...['id a', '= =', 'id "x \\" } // \\\\"', 'id b', '= =', 'id <i <b>"</b> }>', '; ;'],
    ]);
  });

  it('of an unfinished text end with it', () => {
    for (const text of ['"abc', '<a', '/* x', '// x', '"a\\', '#']) {
      const token = new Tokens(text);
      while (token.kind !== 'end') token.next();
      expect(token.end).toBe(text.length);
    }
  });
});

describe('a text as an id', () => {
  it('means the same text', () => {
    for (const text of ['', 'a "b"', 'C:\\\\dir', 'x\\\\"y', '\\N \\\\', '\\n', 'a\nb', '\\\\\n'])
      expect(valueOf(quoteId(text))).toBe(text);
  });

  it('stays one id whatever it holds', () => {
    const next = randomFrom(7);
    for (let i = 0; i < 500; i++) {
      const text = Array.from({ length: 12 }, () => '\\\\\\""\nab\0'[Math.floor(next() * 9)]).join('');
      expect(tokensOf(`${quoteId(text)};`)).toHaveLength(2);
      expect(tokensOf(`${quoteLabel(text)};`)).toHaveLength(2);
    }
  });

  it('is read by Graphviz as by us', async () => {
    const ids = ['"a \\"b\\""', '"x\\\\\\"y"', '"one \\\ntwo"', '"c\\d"', '"e\\\\"', '<f"g>'];
    expect(await nodeNames(`graph { ${ids.join('; ')} }`)).toEqual(ids.map(valueOf));
  });
});

it('quotes a label as Graphviz reads it', () => {
  expect(quoteLabel('a "b" \\ c\nd\re\0')).toBe('"a \\"b\\" \\\\ c\\nde\\\\0"');
});

describe('attributes', () => {
  const found = (text: string) =>
    [...attributesIn(text)].map(({ name, value, ofGraph }) => [name, value, ofGraph]);

  it('are of the graph only where its own statements set them', () => {
    const text = `digraph charset { charset=a; graph [x=b, y=c; z=d][u=e]
      node [n=f] a [m=g] a -> b [l=h] subgraph s { charset=i graph [k=j] } GRAPH [j=k]
      "graph" [i=l] }`;
    expect(found(text)).toEqual([
      ...[
        ['charset', 'a', true],
        ['x', 'b', true],
        ['y', 'c', true],
        ['z', 'd', true],
        ['u', 'e', true],
      ],
      ...[
        ['n', 'f', false],
        ['m', 'g', false],
        ['l', 'h', false],
        ['charset', 'i', false],
      ],
      ...[
        ['k', 'j', false],
        ['j', 'k', true],
        ['i', 'l', false],
      ],
    ]);
  });

  it('are not found in texts and comments', () => {
    const text = 'graph { a [label="x; charset=utf-8"] /* dpi=3 */ b [label=<image="y">] }';
    expect(found(text)).toEqual([
      ['label', 'x; charset=utf-8', false],
      ['label', 'image="y"', false],
    ]);
  });

  it('are of edges where an arrow stands before them, with or without semicolons', () => {
    const text = `digraph { edge [a=1]; x [b=2] x -> y:p [c=3; d=4] [e=5] y [f=6]
      x -- y -- z [g=7]; label=l1 z [h=8] subgraph s { p -> q [i=9] } r, t -> u [j=1] k=2 "edge" [l=3] }`;
    const ofEdges = [...attributesIn(text)].filter(({ ofEdge }) => ofEdge).map(({ name }) => name);
    expect(ofEdges.join(' ')).toBe('a c d e g i j');
  });

  it('have the whole of a value that is put together', () => {
    const [{ value, start, end }] = attributesIn('graph { charset="lat" + "in1" ; }');
    expect([value, start, end]).toEqual(['latin1', 16, 29]);
  });
});
