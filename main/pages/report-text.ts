// A report of leaks as text: the message of a failed test, the output of `objgraph page`.
import { grouped, inBytes } from '../../shared/quantities.ts';
import type { FoundLeak, LeakReport } from './page-report.ts';

const maxLeaks = 4;
const maxOutline = 8;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Thirty lines at most: the first says what leaks. */
export function describeLeaks({ leaks, runs, suspects, heaps, snapshots, time, warmup }: LeakReport): string {
  const total = sum(runs);
  const lines = [`${grouped(total)} runs left behind`];
  for (const [i, leak] of leaks.slice(0, maxLeaks).entries())
    lines.push(...paragraph(leak, i === 0, heaps.length > 1));
  if (leaks.length > maxLeaks)
    lines.push(`  and ${leaks.length - maxLeaks} more: ${others(leaks.slice(maxLeaks))}`);
  if (suspects.length > 0) lines.push(`Grew, but not with every run: ${others(suspects)}`);
  lines.push(
    `All of them came with the runs (${runs.join(' + ')}, after ${warmup} to warm up), and none was freed. ${snapshots} snapshots, ${(time.all / 1000).toFixed(1)} s.`,
  );
  return lines.join('\n');
}

const others = (leaks: readonly FoundLeak[]) =>
  leaks
    .slice(0, 5)
    .map(({ summary }) => summary)
    .join('; ');

function paragraph(leak: FoundLeak, isFirst: boolean, isOneOfSeveralHeaps: boolean): string[] {
  const { summary, bytes, chain, consequences, component, outline, advice, heap } = leak;
  const where = [component ? `in ${component}` : '', isOneOfSeveralHeaps ? `[${heap}]` : '']
    .filter(Boolean)
    .join(' ');
  return [
    `  ${summary} (${inBytes(bytes)})${where ? ` ${where}` : ''}`,
    `    kept by ${chain}`,
    ...(consequences.length > 0 ? [`    with ${consequences.join(', ')}`] : []),
    ...(isFirst && outline
      ? outline
          .split('\n')
          .slice(0, maxOutline)
          .map((line) => `    | ${line}`)
      : []),
    ...(isFirst ? [`    ${advice}`] : []),
  ];
}
