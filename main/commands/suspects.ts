// `objgraph suspects`: what may be a leak, in words to act on.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { isSameProcess } from '../../shared/heap/same-process.ts';
import type { Finding } from '../../shared/heap/suspects/finding.ts';
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import { classSnapshot, snapshotSource } from '../allocations/class-snapshot.ts';
import { classIds } from '../allocations/classes-in-heap.ts';
import { onTarget } from '../allocations/on-target.ts';
import { FramePlaces } from '../allocations/placed-frames.ts';
import { NoConstructorError, recordSites, type ClassSites } from '../allocations/sites.ts';
import { sitesIn } from '../allocations/traces.ts';
import { flag, readArguments, text } from './arguments.ts';
import { sourceHelp, type Command } from './command.ts';
import { frameText } from './frame-text.ts';
import { suspectRow } from '../heap/suspect-rows.ts';
import { trackedParts } from '../heap/tracked-allocations.ts';
import { findTarget } from '../targets/kinds.ts';
import { print, printJson } from '../terminal.ts';
import { readHeaps, untilStopped, type Heap } from './heaps.ts';
import { everyHelp, readEvery } from './moments.ts';
import { readCount } from './options.ts';
import { UsageError, warn } from './run.ts';
import { formatCount, formatShare, formatSize } from './text-table.ts';

/** Snapshots that a reader can still follow, and memory can hold. */
const maxSnapshots = 20;

/** Each takes some time of its own. */
const mostWithSites = 3;
/** Milliseconds. */
const sitesTime = 10_000;

/** The snapshots are in the wrong order. */
export class SuspectsError extends Error {}

export const suspects: Command = {
  help: `Usage: objgraph suspects SOURCE [SOURCE ...] [--rounds N] [--every SECONDS] [--least BYTES] [--limit N] [--sites] [--json]

Finds what may be a leak, the surest first: what grows, where it hangs, by how much, and why that is suspicious. One
snapshot shows what is large. Two show what grew. Three or more, the oldest first, show what goes on growing: what has
stopped (a cache that is full) is left out. Take them before, during and after some work that should leave nothing.

      --rounds N                  take N snapshots of the one process (from 2 to ${maxSnapshots}): objgraph suspects 1234 --rounds 4 --every 30
${everyHelp}      --least BYTES               in one snapshot, what is merely large, but smaller than this, is left out (default 500000)
      --limit N                   how many (default 10; all with --json)
      --sites                     also the lines that make what the first ${mostWithSites} suspects are about: in a process, recorded for 10 s
                                  afterwards (see objgraph sites); in a snapshot, where V8 tracked allocations
      --json                      for programs; see docs/json.md

Snapshots of one process are compared object by object, those of separate processes by class, place and path, which is
less sure. How sure each finding is, and what that means: docs/leaks.md.

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      every: text,
      rounds: text,
      least: text,
      limit: text,
      sites: flag,
      json: flag,
    });
    const every = readEvery(values.every);
    const leastBytes = readCount('least', values.least, 500_000);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 10, 1);
    const sources = withRounds(positionals, values.rounds);
    const heaps = await readHeaps(sources, { least: 1, most: maxSnapshots, every });
    checkOrder(heaps);
    const analyses = heaps.map(({ analysis }) => analysis);
    const all = findSuspects(analyses, { leastBytes, folder: process.cwd() });
    const findings = all.slice(0, limit);
    const { graph } = analyses.at(-1)!;
    const sites = values.sites ? await sitesOfFindings(findings, graph, sources.at(-1)!) : [];
    if (values.json)
      printJson({
        suspects: findings.map((finding, i) => ({
          ...suspectRow(graph, finding),
          ...(sites[i] && { sites: sites[i].sites, sitesAreComplete: sites[i].isComplete }),
        })),
      });
    else if (findings.length === 0) print('nothing suspicious');
    else
      print(
        ...findings.flatMap((finding, i) => [
          ...(i > 0 ? [''] : []),
          ...paragraph(finding),
          ...(sites[i] ? siteLines(sites[i]) : []),
        ]),
      );
  },
};

/** Per finding, who makes what it is about; null where that is not known. */
async function sitesOfFindings(
  findings: readonly Finding[],
  graph: HeapGraph,
  source: string,
): Promise<(ClassSites | null)[]> {
  const first = findings.slice(0, mostWithSites);
  const typeOf = ({ className, place }: Finding) =>
    place === null ? className : `${className} — ${place.text}`;
  const { isLive, name } = findTarget(source);
  if (trackedParts(graph).tracked?.stacks) {
    const places = new FramePlaces(graph.places);
    return first.map((finding) => sitesIn(graph, typeOf(finding), places)[0]);
  }
  if (!isLive) {
    warn('objgraph', [`${name} does not say who allocated its objects: V8 did not track that`]);
    return [];
  }
  if (first.length === 0) return [];
  const report = (sentence: string) => warn('objgraph', [sentence]);
  return untilStopped((context) =>
    onTarget(source, context, async (connection) => {
      const { progress, signal } = context;
      // One for all: the objects keep their ids as long as we are connected.
      const snapshot = await classSnapshot(snapshotSource(connection), report, progress, signal);
      const found: (ClassSites | null)[] = [];
      for (const finding of first) {
        const type = typeOf(finding);
        const ids = () => Promise.resolve(snapshot && classIds(snapshot, type));
        const options = { type, ids, duration: sitesTime, most: 500, warn: report };
        try {
          const [sites] = await recordSites(connection.channel, name, options, progress, signal);
          found.push(sites);
        } catch (error) {
          if (!(error instanceof NoConstructorError)) throw error;
          report(`${error.message}: see objgraph sites ${source} --type ${finding.className}`);
          found.push(null);
        }
      }
      return found;
    }),
  );
}

/** The three stacks that made the most of what is alive. */
export function siteLines({ sites, made, alive, isComplete }: ClassSites): string[] {
  const total = alive ?? made ?? 0;
  const shown = sites.filter((site) => (site.alive ?? site.made ?? 0) > 0).slice(0, 3);
  if (shown.length === 0)
    return [
      made === null
        ? '  made by: unknown, V8 tracked none that is alive'
        : `  made by: nothing was made in ${sitesTime / 1000} s that stays alive`,
    ];
  return shown.map(({ stack, made: own, alive: kept }) => {
    const share =
      total > 0 ? ` (${isComplete ? '' : 'estimated '}${formatShare((kept ?? own ?? 0) / total)})` : '';
    return `  made by ${stack.slice(0, 3).map(frameText).join(' ← ')}${share}`;
  });
}

/** @throws UsageError for rounds of anything but one process */
function withRounds(sources: readonly string[], value: string | undefined): readonly string[] {
  if (value === undefined) return sources;
  const rounds = readCount('rounds', value, 0, 2, maxSnapshots);
  if (sources.length !== 1) throw new UsageError('--rounds takes snapshots of one process: name one SOURCE');
  if (!findTarget(sources[0]).isLive)
    throw new UsageError('--rounds takes snapshots of a process, not of a file');
  return Array.from({ length: rounds }, () => sources[0]);
}

/**
 * V8 numbers objects upwards, so that the newest of a later snapshot has a larger number.
 * @throws SuspectsError for snapshots of one process that come in the wrong order, or twice
 */
function checkOrder(heaps: readonly Heap[]): void {
  const newest = heaps.map(({ analysis }) => newestId(analysis.graph));
  for (let i = 1; i < heaps.length; i++) {
    const [before, after] = [heaps[i - 1], heaps[i]];
    if (newest[i] > newest[i - 1]) continue;
    const { graph } = before.analysis;
    // Python's ids are addresses.
    if (graph.language.name !== 'javascript') continue;
    if (!isSameProcess(graph, after.analysis.graph)) continue;
    throw new SuspectsError(
      newest[i] === newest[i - 1]
        ? `${before.name} and ${after.name} are the same moment of one process: name different snapshots`
        : `${after.name} was taken before ${before.name}: name the oldest snapshot first`,
    );
  }
}

/** The largest id of V8's own, which are odd; even ones are the host's, and come in no order. */
function newestId({ nodeIds }: HeapGraph): number {
  let newest = 0;
  for (let node = 0; node < nodeIds.length; node++) {
    const id = nodeIds[node];
    if (id % 2 === 1 && id > newest) newest = id;
  }
  return newest;
}

function paragraph({ summary, bytes, confidence, because, doubts, consequences, chain }: Finding): string[] {
  const others = consequences.slice(0, 5).map(({ count, className }) => `${formatCount(count)} ${className}`);
  return [
    `${summary} (${formatSize(bytes)}, ${Math.round(100 * confidence)} % sure)`,
    `  ${[because, ...doubts].join(' ')}`,
    ...(others.length > 0 ? [`  with them: ${others.join(', ')}`] : []),
    ...(chain.length > 0 ? [`  held by ${chain.join(' → ')}`] : []),
  ];
}
