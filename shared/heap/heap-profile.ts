// `.heapprofile`: what V8's sampling profiler gives, and Chrome DevTools, speedscope and VS Code read.
// Format: HeapProfiler.SamplingHeapProfile, https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/.
import { AllocationTreeBuilder, type AllocationFrame, type AllocationTree } from './allocation-tree.ts';

/** It is no profile; the message is one sentence. */
export class HeapProfileError extends Error {}

/** Deeper stacks than any profiler keeps. */
const deepest = 10_000;
const mostNodes = 5_000_000;

/**
 * Reads a profile: bytes are those that are still alive, reckoned from samples.
 * @param json as `JSON.parse` gives it
 * @throws HeapProfileError
 */
export function readHeapProfile(json: unknown): AllocationTree {
  const head = isRecord(json) ? json.head : null;
  if (!isRecord(head)) throw new HeapProfileError('is no heap profile: it has no "head"');
  const builder = new AllocationTreeBuilder();
  const open = [{ value: head as unknown, parent: -1, depth: 0 }];
  for (let count = 0, next; (next = open.pop()); count++) {
    const { value, parent, depth } = next;
    if (!isRecord(value) || depth > deepest || count > mostNodes)
      throw new HeapProfileError('is no heap profile: its calls are not those of a program');
    const { selfSize, callFrame, children = [] } = value;
    if (!isSize(selfSize) || !Array.isArray(children))
      throw new HeapProfileError('is no heap profile: a call has no "selfSize"');
    const node = builder.add(parent, readFrame(callFrame), selfSize);
    for (const child of (children as unknown[]).toReversed())
      open.push({ value: child, parent: node, depth: depth + 1 });
  }
  return builder.finish(true, false);
}

/** No heap is larger, and no sum of sizes is infinite. */
const isSize = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;

function readFrame(value: unknown): AllocationFrame {
  if (!isRecord(value)) throw new HeapProfileError('is no heap profile: a call has no "callFrame"');
  const { functionName, scriptId, url, lineNumber, columnNumber } = value;
  const place = (number: unknown) =>
    typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : -1;
  return {
    functionName: typeof functionName === 'string' ? functionName : '',
    script: typeof url === 'string' ? url : '',
    scriptId: Number(scriptId) || 0,
    line: place(lineNumber),
    column: place(columnNumber),
  };
}

interface ProfileNode {
  callFrame: {
    functionName: string;
    scriptId: string;
    url: string;
    lineNumber: number;
    columnNumber: number;
  };
  selfSize: number;
  id: number;
  children: ProfileNode[];
}

/** The same as JSON for other programs. What became less has no place in the format: it is left out. */
export function writeHeapProfile({ frames, parents, frameOf, bytes }: AllocationTree): {
  head: ProfileNode;
  samples: [];
} {
  const nodes: ProfileNode[] = [];
  for (let node = 0; node < parents.length; node++) {
    const { functionName, scriptId, script, line, column } = frames[frameOf[node]];
    const written: ProfileNode = {
      callFrame: {
        functionName,
        scriptId: String(scriptId),
        url: script,
        lineNumber: line,
        columnNumber: column,
      },
      selfSize: Math.max(0, Math.round(bytes[node])),
      id: node + 1,
      children: [],
    };
    nodes.push(written);
    if (parents[node] >= 0) nodes[parents[node]].children.push(written);
  }
  return { head: nodes[0], samples: [] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
