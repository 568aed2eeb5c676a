// The same picture without the strings of the heap: labels are written anew, from the snapshot.
import { quoteLabel as quote } from '../../shared/dot/tokens.ts';
import { edgeStatement } from '../../shared/dot/write.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { wordsOf } from './draw.ts';
import { idOfName, readPicture, writePicture, type PictureLine } from './picture-lines.ts';

/** @throws Error in words when the picture is not of this heap */
export function redactPicture(snapshot: LoadedSnapshot, dot: string): string {
  const plain = wordsOf(snapshot.plain);
  const redacted = wordsOf(snapshot.plain.redacted());
  const { objects } = snapshot.analysis;

  const nodeLine = (name: string, text: string): string => {
    const id = idOfName(name);
    // Colours say nothing of anybody; other attributes may.
    if (id === null || !/\blabel=/.test(text)) return text;
    return `  ${name}[label=${quote(redacted.lines(snapshot.nodeWithId(id)).join('\n'))}];`;
  };
  const edgeLine = (tail: string, head: string, text: string): string => {
    const [from, to] = [idOfName(tail), idOfName(head)];
    if (from === null || to === null) return text;
    const [owner, target] = [snapshot.nodeWithId(from), snapshot.nodeWithId(to)];
    let label = '';
    objects.eachReference(owner, (other, edge) => {
      if (other !== target) return;
      if (edgeStatement({ tail, head, label: plain.reference(owner, edge, target) }) === text)
        label = redacted.reference(owner, edge, target);
    });
    return edgeStatement({ tail, head, label });
  };
  return writePicture(
    readPicture(dot).map((line): PictureLine => {
      if (line.kind === 'node') return { ...line, text: nodeLine(line.name, line.text) };
      if (line.kind === 'edge') return { ...line, text: edgeLine(line.tail, line.head, line.text) };
      return line;
    }),
  );
}
