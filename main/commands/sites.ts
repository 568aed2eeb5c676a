// `objgraph sites`: where the objects of a class are made, on a running program.
import { classSnapshot, snapshotSource } from '../allocations/class-snapshot.ts';
import { classIds } from '../allocations/classes-in-heap.ts';
import { onTarget } from '../allocations/on-target.ts';
import { NoConstructorError, recordSites, type ClassSites, type Site } from '../allocations/sites.ts';
import { requireClass, traceSites } from '../allocations/traces.ts';
import { findLiveTarget } from '../targets/kinds.ts';
import { notify, print, printJson } from '../terminal.ts';
import { flag, readArguments, text } from './arguments.ts';
import { sourceHelp, type Command } from './command.ts';
import { askBefore } from './cost.ts';
import { frameText, placeText } from './frame-text.ts';
import { untilStopped } from './heaps.ts';
import { readCount, readDuration } from './options.ts';
import { UsageError, warn } from './run.ts';
import { formatCount, formatShare, textTable } from './text-table.ts';

/** Seconds of exact tracking: it slows the program down. */
const longestTrace = 5000;

export const sites: Command = {
  help: `Usage: objgraph sites SOURCE --type NAME [--for TIME] [--most N] [--limit N] [--yes] [--json]

Finds the lines that make the objects of a class while the program runs on, without restart: how many each made, and how
many of these are still alive. For a class that is written in JavaScript, a breakpoint on its constructor records the
stack and never pauses; it costs about 0.3 ms an object, is capped, and is removed afterwards, also when objgraph is
killed. The class is found in a snapshot. In a heap of more than 128 MB, which that would pause for seconds, V8 lists all
functions instead, and forgets which types its code has seen: a busy program may need up to half as much again of the
processor, for minutes.
For others (Object, Array, Map, strings, closures) V8 tracks every allocation for a few seconds: the program is
up to 25 times slower meanwhile, so it asks before.

      --type NAME                 as objgraph types prints it; without its place, all classes of that name
      --for TIME                  how long to record, for example 30s or 2m (default 10s; of tracking, at most 5s)
      --most N                    objects of a class that are recorded (default 500, spread over the time)
      --limit N                   how many stacks (default 10; all with --json)
  -y, --yes                       does not ask before V8 tracks every allocation
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      type: text,
      for: text,
      most: text,
      limit: text,
      yes: { ...flag, short: 'y' },
      json: flag,
    });
    const { type } = values;
    if (positionals.length !== 1)
      throw new UsageError("it takes one SOURCE that runs: a process id or an inspector's address");
    if (type === undefined || type === '') throw new UsageError('say of which class: --type NAME');
    const duration = readDuration('for', values.for, 10_000);
    const most = readCount('most', values.most, 500, 1, 100_000);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 10, 1);
    const { name } = findLiveTarget(positionals[0]);
    const report = (sentence: string) => warn('objgraph', [sentence]);
    const classes = await untilStopped((context) =>
      onTarget(positionals[0], context, async (connection) => {
        const { progress, signal } = context;
        const source = snapshotSource(connection);
        try {
          const ids = async () => {
            const graph = await classSnapshot(source, report, progress, signal);
            const found = graph && classIds(graph, type);
            if (found?.length === 0) requireClass(graph!, type);
            return found;
          };
          const options = { type, ids, duration, most, warn: report };
          return await recordSites(connection.channel, name, options, progress, signal);
        } catch (error) {
          if (!(error instanceof NoConstructorError)) throw error;
          return await traceSites(
            connection,
            {
              type,
              duration: Math.min(duration, longestTrace),
              before: () => agreeToTracking(error.message, name, signal, values.yes),
              warn: report,
            },
            progress,
            signal,
          );
        }
      }),
    );
    const shown = classes.map((each) => ({ ...each, sites: each.sites.slice(0, limit) }));
    if (values.json) printJson({ classes: shown });
    else for (const [i, each] of shown.entries()) printSites(each, classes[i].sites.length);
    if (classes.every(({ made, alive }) => (made ?? alive) === 0))
      notify(
        classes.some(({ made }) => made === null)
          ? `objgraph: no ${type} that V8 tracked is still alive`
          : `objgraph: no ${type} was made in this time`,
      );
  },
};

const partNote = (isTracked: boolean) =>
  isTracked
    ? 'Only what V8 tracked is here, which is a part: it loses objects that a garbage collection moves. Shares are an estimate; ' +
      'objgraph allocations estimates which functions allocate what stays.'
    : 'More were made than were recorded: shares are an estimate from this sample.';

/** @throws StoppedError when the answer is no */
function agreeToTracking(reason: string, name: string, signal: AbortSignal, isAgreed = false): Promise<void> {
  return askBefore(
    `${reason}: V8 will track every allocation of ${name}, which makes it up to 25 times slower ` +
      'for some seconds, and takes a snapshot then',
    'Go on?',
    signal,
    isAgreed,
  );
}

function printSites(found: ClassSites, count: number): void {
  const { type, location, sites, made, alive, isComplete } = found;
  const share = ({ made: own, alive: kept }: Site) =>
    alive ? (kept ?? 0) / alive : made ? (own ?? 0) / made : 0;
  print(
    location === null ? type : `${type} — ${placeText(location)}`,
    ...textTable(sites, [
      { title: 'made', text: (site) => (site.made === null ? '?' : formatCount(site.made)) },
      { title: 'still alive', text: (site) => (site.alive === null ? '?' : formatCount(site.alive)) },
      { title: 'share', text: (site) => formatShare(share(site)) },
      { title: 'made by', text: ({ stack }) => stack.map(frameText).slice(0, 4).join(' ← '), isText: true },
    ]),
    [
      `${formatCount(sites.length)} of ${formatCount(count)} stacks`,
      ...(made === null ? [] : [`${formatCount(made)} made`]),
      ...(alive === null ? [] : [`${formatCount(alive)} of them still alive`]),
    ].join('; '),
    ...(isComplete ? [] : [partNote(made === null)]),
  );
}
