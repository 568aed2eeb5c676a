// Where nodes are in a text that has been laid out already.
import type { DotText, Statement } from '../statements.ts';

/** The values of `pos`, as x and y, by the names of nodes. */
export function positionsIn({ statements }: DotText): Map<string, [number, number]> {
  const positions = new Map<string, [number, number]>();
  const walk = (inner: Statement[]) => {
    for (const statement of inner) {
      if (statement.kind === 'setting') continue;
      const pos = statement.attributes
        .find(({ name }) => name === 'pos')
        ?.value.split(',')
        .map(Number.parseFloat);
      for (const end of statement.ends) {
        if (end.kind === 'subgraph') walk(end.statements);
        else if (statement.ends.length === 1 && pos?.length && pos.slice(0, 2).every(Number.isFinite))
          for (const { name } of end.mentions) positions.set(name, [pos[0], pos[1]]);
      }
    }
  };
  walk(statements);
  return positions;
}

/** The middle of some of them, as `pos` wants it; null when none has a position. */
export function meanPosition(positions: Map<string, [number, number]>, names: string[]): string | null {
  const known = names.flatMap((name) => (positions.has(name) ? [positions.get(name)!] : []));
  if (known.length === 0) return null;
  const mean = (axis: 0 | 1) => known.reduce((sum, point) => sum + point[axis], 0) / known.length;
  return `${mean(0)},${mean(1)}`;
}
