// Frames of Python's functions that have ended, kept with all their variables by the tracebacks of exceptions that are stored.
import { grouped } from '../../quantities.ts';
import { groupAlike } from './alike.ts';
import type { Detector } from './finding.ts';

const leastCount = 100;

export const pythonTracebacks: Detector = ({ now, words }) => {
  const { graph } = now;
  if (graph.language.name !== 'python') return [];
  const traceback = graph.strings.indexOf('traceback');
  const frameOf = (node: number) => graph.childNamed(node, 'tb_frame');
  // A traceback names each frame from that which caught the exception to that which raised it: the last has the least to keep it.
  return groupAlike(now, leastCount, (node) => {
    if (graph.nodeNames[node] !== traceback || graph.childNamed(node, 'tb_next') >= 0) return null;
    const frame = frameOf(node);
    return frame < 0 ? null : `${words.names.describe(frame)} ${words.names.file(frame) ?? ''}`;
  }).map(({ members, bytes }) => {
    const [node] = members;
    const frame = frameOf(node);
    const { name, chain } = words.holder(node);
    return {
      className: 'frame',
      place: words.names.sourcePlace(frame),
      count: members.length,
      bytes,
      node,
      summary: `${grouped(members.length)} frames of \`${words.names.describe(frame)}\` are kept by stored exceptions: ${name}`,
      chain,
      confidence: 0.7,
      because:
        'A stored exception keeps the variables of all functions that it went through. Store its text, or clear its __traceback__.',
    };
  });
};
