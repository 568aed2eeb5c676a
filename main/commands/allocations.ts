// `objgraph allocations`: what is still alive, by the functions that allocated it.
import {
  differenceOfAllocations,
  groupAllocations,
  totalBytes,
  type AllocationTree,
} from '../../shared/heap/allocation-tree.ts';
import { HeapProfileError, readHeapProfile, writeHeapProfile } from '../../shared/heap/heap-profile.ts';
import { groupFrames, groupings, groupRow, type FrameGroups } from '../allocations/group-frames.ts';
import { onTarget } from '../allocations/on-target.ts';
import { FramePlaces, scriptsOf, type PlacedFrame } from '../allocations/placed-frames.ts';
import { writePprof } from '../allocations/pprof.ts';
import { readProfileText } from '../allocations/profile-file.ts';
import { sampleAllocations } from '../allocations/sample.ts';
import { fileProblem } from '../problem.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { findTarget } from '../targets/kinds.ts';
import { TargetError } from '../targets/target.ts';
import { print, printJson } from '../terminal.ts';
import { flag, readArguments, text, texts } from './arguments.ts';
import { sourceHelp, type Command } from './command.ts';
import { frameText } from './frame-text.ts';
import { untilStopped } from './heaps.ts';
import { readChoice, readCount, readDuration } from './options.ts';
import { PrivateFile } from './output.ts';
import { ownerHelp, ownerMark, ownerNote, readOwner } from './owner-option.ts';
import { UsageError, warn } from './run.ts';
import { formatChange, formatCount, formatShare, formatSize, textTable } from './text-table.ts';

interface Recorded {
  tree: AllocationTree;
  scripts: readonly ScriptRecord[];
}

export const allocations: Command = {
  help: `Usage: objgraph allocations SOURCE [--for TIME] [-o FILE] [--by KEY] [--only OWNER] [--limit N] [--json]
       objgraph allocations BEFORE AFTER …

Shows which functions allocated what is still alive, by V8's sampling profiler: it runs beside the program for some time,
and knows what was allocated meanwhile. Bytes are estimates, and a function that V8 inlines counts for the one that calls
it. BEFORE and AFTER are two profiles, or a process twice: then AFTER is what it has allocated after twice the time, and
the difference is shown.

      --for TIME                  how long to record, for example 30s or 5m (default 30s)
      --interval BYTES            between two samples, on average (default 32768; less is finer and slower)
  -o, --output FILE               also writes the profile: .heapprofile (for DevTools, VS Code, speedscope) or .pb.gz (pprof)
      --by KEY                    function (default), file or package
${ownerHelp}                                  what others allocated counts for the function of OWNER that called them
      --limit N                   how many rows (default 20; all with --json)
      --json                      for programs; see docs/json.md

A SOURCE can be a file, too: a .heapprofile.

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      for: text,
      interval: text,
      output: { ...texts, short: 'o' },
      by: text,
      only: text,
      limit: text,
      json: flag,
    });
    if (positionals.length < 1 || positionals.length > 2)
      throw new UsageError('it takes one SOURCE, or two: a process id, an inspector, or a .heapprofile');
    const duration = readDuration('for', values.for, 30_000);
    const interval = readCount('interval', values.interval, 32_768, 128, 2 ** 30);
    const by = readChoice('by', values.by ?? 'function', groupings);
    const only = readOwner(values.only);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 20, 1);
    const outputs = values.output ?? [];
    for (const file of outputs) {
      if (!/\.(?:heapprofile|pb\.gz|pprof)$/.test(file))
        throw new UsageError(`-o ${file}: its name ends in .heapprofile or .pb.gz`);
      PrivateFile.check(file);
    }
    const recorded = await recordAll(positionals, duration, interval);
    const { tree, scripts } = difference(recorded);
    const places = FramePlaces.of(scriptsOf(tree.frames), scripts, (sentence) =>
      warn('objgraph', [sentence]),
    );
    const frames = tree.frames.map((frame) => places.ofFunction(frame));
    for (const file of outputs) {
      const content = file.endsWith('.heapprofile')
        ? Buffer.from(JSON.stringify(writeHeapProfile(tree)))
        : writePprof(tree, frames);
      writeWhole(file, content);
    }
    const groups = groupFrames(frames, by, only);
    const rows = groupAllocations(tree, groups.groupOf).map(({ group, ...bytes }) => ({
      ...groups.rows[group],
      ...bytes,
    }));
    const total = totalBytes(tree)[0];
    if (values.json) {
      const { isEstimate } = tree;
      printJson({
        isEstimate,
        isDifference: recorded.length > 1,
        totalBytes: total,
        rows: rows.slice(0, limit).map((row) => groupRow(row, row)),
      });
    } else printRows(rows, { limit, total, isDifference: recorded.length > 1 });
    if (!values.json) for (const file of outputs) print(`Profile written to ${file}`);
  },
};

type Row = FrameGroups['rows'][number] & { selfBytes: number; totalBytes: number };

/** One profile for each source; two of one process are of one visit. */
async function recordAll(
  sources: readonly string[],
  duration: number,
  interval: number,
): Promise<Recorded[]> {
  return untilStopped(async (context) => {
    const recorded: Recorded[] = [];
    for (const [i, source] of sources.entries()) {
      const target = findTarget(source);
      if (!target.isLive) recorded.push(await readProfile(source));
      else if (i === 0 || sources[i - 1] !== source) {
        const isTwice = sources[i + 1] === source;
        const moments = isTwice ? [duration, 2 * duration] : [duration];
        const { progress, signal } = context;
        const { trees, scripts } = await onTarget(source, context, ({ channel }) =>
          sampleAllocations(channel, target.name, { interval, moments }, progress, signal),
        );
        recorded.push(...trees.map((tree) => ({ tree, scripts })));
      }
    }
    return recorded;
  });
}

/** @throws TargetError */
async function readProfile(file: string): Promise<Recorded> {
  if (file === '-') throw new TargetError('name a file: a profile is not read from standard input');
  try {
    const profile: unknown = JSON.parse(await readProfileText(file, true));
    return { tree: readHeapProfile(profile), scripts: [] };
  } catch (error) {
    if (error instanceof HeapProfileError) throw new TargetError(`${file} ${error.message}`);
    if (error instanceof SyntaxError)
      throw new TargetError(
        `${file} is no heap profile: it is not JSON. Take one with objgraph allocations PID -o FILE`,
      );
    if (error instanceof TargetError) throw error;
    throw new TargetError(`${file}: ${fileProblem(error, file).message}`);
  }
}

function difference(recorded: readonly Recorded[]): Recorded {
  if (recorded.length === 1) return recorded[0];
  const [before, after] = recorded;
  return {
    tree: differenceOfAllocations(before.tree, after.tree),
    scripts: [...before.scripts, ...after.scripts],
  };
}

function writeWhole(file: string, content: Uint8Array): void {
  const output = new PrivateFile(file);
  try {
    output.write(content);
  } catch (error) {
    output.discard();
    throw error;
  }
  output.finish();
}

function printRows(
  rows: readonly Row[],
  { limit, total, isDifference }: { limit: number; total: number; isDifference: boolean },
): void {
  const size = (bytes: number) =>
    isDifference ? formatChange(Math.round(bytes), formatSize) : formatSize(Math.round(bytes));
  const shown = rows.slice(0, limit);
  print(
    ...textTable(shown, [
      { title: 'self', text: ({ selfBytes }) => size(selfBytes) },
      { title: 'share', text: ({ selfBytes }) => (total > 0 ? formatShare(selfBytes / total) : '') },
      { title: 'total', text: ({ totalBytes: bytes }) => size(bytes) },
      { title: '', text: ownerMark },
      { title: 'allocated by', text: nameOf, isText: true },
    ]),
    `${formatCount(shown.length)} of ${formatCount(rows.length)} rows; ${size(total)} in all, estimated from samples` +
      (isDifference ? ' of two moments' : ''),
    ...ownerNote(shown),
  );
}

const nameOf = ({ name, frame }: { name: string; frame: PlacedFrame | null }) =>
  frame === null ? name : frameText(frame);
