// Large graphs for tests, the same each time.

/** Congruential (Numerical Recipes), so that two runs draw the same graph. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** A tree whose nodes hang on one of those shortly before them, as objects do, and a few edges across. */
export function largeGraph(nodes: number, seed = 1): string {
  const next = random(seed);
  const lines = ['digraph large {', 'node [shape=box]'];
  for (let i = 1; i < nodes; i++) lines.push(`n${Math.floor(i * (0.5 + next() / 2) - 0.5)} -> n${i}`);
  for (let i = 0; i < nodes / 10; i++)
    lines.push(`n${Math.floor(next() * nodes)} -> n${Math.floor(next() * nodes)}`);
  return [...lines, '}'].join('\n');
}

/** The same with positions, in a grid: nothing has to be laid out. */
export function positionedGraph(nodes: number, seed = 1): string {
  const side = Math.ceil(Math.sqrt(nodes));
  const positions = Array.from(
    { length: nodes },
    (_, i) => `n${i} [pos="${(i % side) * 90},${Math.floor(i / side) * 60}"]`,
  );
  return largeGraph(nodes, seed).replace(/\}$/, `${positions.join('\n')}\n}`);
}
