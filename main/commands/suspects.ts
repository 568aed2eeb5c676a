// `objgraph suspects`: what may be a leak, in words to act on.
import { parseArgs } from 'node:util';
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { Finding } from '../../shared/heap/suspects/finding.ts';
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps } from './heaps.ts';
import { printJson } from './json.ts';
import { everyHelp, readEvery } from './moments.ts';
import { readCount } from './options.ts';
import { formatSize, printable } from './text-table.ts';

/** The heaps cannot be compared. */
export class SuspectsError extends Error {}

export const suspects: Command = {
  help: `Usage: objgraph suspects SOURCE [SOURCE [SOURCE]] [--every SECONDS] [--least BYTES] [--limit N] [--json]

Tells what may be a leak, the surest first: what holds it, how much, and why that is suspicious. One snapshot shows what
is large. Two of one process show what grew. Three, before, during and after some work that should leave nothing, show
what stays. Name a process several times, and it is asked so often (objgraph suspects 1234 1234 1234).

${everyHelp}      --least BYTES               what is merely large, but smaller than this, is not told (default 500000)
      --limit N                   how many (default 10; all with --json)
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        every: { type: 'string' },
        least: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const every = readEvery(values.every);
    const leastBytes = readCount('least', values.least, 500_000);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 10, 1);
    const heaps = await readHeaps(positionals, { least: 1, most: 3, every });
    const analyses = heaps.map(({ analysis }) => analysis);
    const all = findAll(analyses, leastBytes);
    const findings = all.slice(0, limit);
    if (values.json) printJson({ suspects: findings.map((finding) => record(analyses.at(-1)!, finding)) });
    else process.stdout.write(findings.map(paragraph).join('\n') || 'nothing suspicious\n');
  },
};

function findAll(analyses: readonly HeapAnalysis[], leastBytes: number): Finding[] {
  try {
    return findSuspects(analyses, { leastBytes, folder: process.cwd() });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SuspectsError(
      'these are no snapshots of one process, taken without letting it go in between: take them by objgraph snapshot PID -o A -o B -o C',
    );
  }
}

function record({ graph }: HeapAnalysis, { node, className, bytes, ...finding }: Finding): object {
  return { type: className, retainedSize: bytes, id: graph.nodeIds[node], ...finding };
}

function paragraph({ summary, bytes, confidence, because, chain }: Finding): string {
  const lines = [
    `${summary} (${formatSize(bytes)}, ${Math.round(100 * confidence)} % sure)`,
    `  ${because}`,
    ...(chain.length > 0 ? [`  held by ${chain.join(' → ')}`] : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}
