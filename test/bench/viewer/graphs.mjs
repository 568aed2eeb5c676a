// Graphs for the measurements: the same ones each time.

/** Filled with a colour that nothing else on the screen has. */
export const marker = '#ff00ff';

/** Numbers from 0 to 1 in an order that is the same each time (a linear congruential generator). */
function numbers(seed) {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/**
 * As object graphs are: a tree, each node hanging from one of the `width` before it, and more edges, `more` for each node.
 * Python's objgraph draws 1.7 edges a node in pictures of 800 and 1,000 of its own modules' objects.
 */
export function treeLike(nodes, { width = 30, more = 0.1, color = marker, edgeColor = '' } = {}) {
  const random = numbers(nodes);
  const before = (i) => i - 1 - Math.floor(random() * Math.min(i, width));
  const isOneMore = (i) => Math.floor(i * more) > Math.floor((i - 1) * more);
  const lines = [`digraph { node [shape=box style=filled fillcolor="${color}"]`];
  if (edgeColor) lines.push(`edge [color="${edgeColor}"]`);
  for (let i = 0; i < nodes; i++) lines.push(`n${i} [label="Object ${i}\\n${i * 16} bytes"]`);
  for (let i = 1; i < nodes; i++) lines.push(`n${before(i)} -> n${i} [label="field${i % 7}"]`);
  for (let i = 1; i < nodes; i++) if (isOneMore(i)) lines.push(`n${before(i)} -> n${i}`);
  return `${lines.join('\n')}\n}\n`;
}

/** A square of nodes whose positions are given, with an edge from each to the next two. */
export function placed(nodes) {
  const side = Math.ceil(Math.sqrt(nodes));
  const x = (i) => (i % side) * 120;
  const y = (i) => Math.floor(i / side) * 90;
  const lines = [
    `digraph { graph [bb="-60,-45,${side * 120},${side * 90}"]; node [shape=box style=filled fillcolor="${marker}" width=1.2 height=0.5]`,
  ];
  for (let i = 0; i < nodes; i++) lines.push(`n${i} [label="Object ${i}" pos="${x(i)},${y(i)}"]`);
  for (let i = 0; i < nodes; i++)
    for (const other of [i + 1, i + side].filter((each) => each < nodes)) {
      const [x0, y0, x1, y1] = [x(i), y(i) + 18, x(other), y(other) - 18];
      lines.push(
        `n${i} -> n${other} [pos="e,${x1},${y1} ${x0},${y0} ${x0 + 30},${y0} ${x1},${y1 - 40} ${x1},${y1 - 8}"]`,
      );
    }
  return `${lines.join('\n')}\n}\n`;
}
