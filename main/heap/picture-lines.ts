// A picture of a heap as it was written (see shared/dot/write.ts), line by line: what it shows, so that something can be
// added to it, or said in other words.

export type PictureLine =
  | { kind: 'node'; name: string; text: string }
  | { kind: 'edge'; tail: string; head: string; text: string }
  | { kind: 'other'; text: string };

const nodeLine = /^ {2}(\w+)\[.*\];$/;
const edgeLine = /^ {2}(\w+) ?-> ?(\w+)(?: ?\[.*\])?;$/;
const defaults = ['graph', 'node', 'edge'];

/** The lines of a DOT text, without the brace that closes it. @throws Error when it was not written by objgraph */
export function readPicture(dot: string): PictureLine[] {
  const lines = dot.trimEnd().split('\n');
  if (lines[0] !== 'digraph ObjectGraph {' || lines.pop() !== '}')
    throw new Error('This picture was not drawn by objgraph: it cannot be told what it is of');
  return lines.map((text): PictureLine => {
    const [, tail, head] = edgeLine.exec(text) ?? [];
    if (head !== undefined) return { kind: 'edge', tail, head, text };
    const name = nodeLine.exec(text)?.[1];
    return name === undefined || defaults.includes(name)
      ? { kind: 'other', text }
      : { kind: 'node', name, text };
  });
}

export function writePicture(lines: readonly PictureLine[]): string {
  return `${lines.map(({ text }) => text).join('\n')}\n}\n`;
}

/** The heap object id in `o123`; null for what is no object: a box that counts, a group, a mark. */
export function idOfName(name: string): number | null {
  const digits = /^o(\d+)$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}
