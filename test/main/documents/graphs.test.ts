import { expect, it } from 'vitest';
import { graphsIn } from '../../../main/documents/graphs.ts';

const names = (text: string) => graphsIn(text).map(({ name }) => name);

it('leaves a single graph, and what is none, as it is', () => {
  for (const text of ['digraph { a }', 'graph G {', '', '// nothing', 'digraph { a } // end\n', '}{'])
    expect(graphsIn(text).map(({ dot }) => dot)).toEqual([text]);
});

it('names the graphs of a file', () => {
  const text =
    'digraph one { a -> b }\nstrict graph "the \\"second\\"" { a }\ngraph { subgraph cluster_x { y } }\nDIGRAPH 4{}';
  expect(names(text)).toEqual(['one', 'the "second"', 'Graph 3', '4']);
});

it('is not misled by braces in strings, HTML and comments', () => {
  const text = `# { preprocessed
    digraph a { x [label="} \\" {" y=<<b>}</b>>] /* } */ // }
    } graph b { }`;
  expect(names(text)).toEqual(['a', 'b']);
});

it('keeps every graph in its lines', () => {
  const [, second] = graphsIn('graph a {\n}\n\ngraph b {\n  oops ->\n}');
  expect(second.dot.split('\n').findIndex((line) => line.includes('oops'))).toBe(4);
});

it('keeps what is not closed, for Graphviz to say so', () => {
  expect(graphsIn('graph a { }\ngraph b { x')[1]).toMatchObject({ name: 'b', dot: '\ngraph b { x' });
});

it('reads a large file in no time', () => {
  const text = `graph { a [label="${'x'.repeat(3e6)}"] ${'n -- m;'.repeat(200_000)} }`;
  const start = performance.now();
  expect(names(text + text)).toHaveLength(2);
  // A tenth of a second; looking through it again for every piece would take hours.
  expect(performance.now() - start).toBeLessThan(20_000);
});
