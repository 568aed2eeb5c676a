// What a process holds, and whether it is back where it was. Linux: by /proc.
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { queryObjects } from 'node:v8';

/** Amounts by their names. */
export type Holdings = Record<string, number>;

export interface Comparison {
  what: string;
  before: number;
  after: number;
  /** So much more is no leak. */
  allowed: number;
}

/**
 * What is counted must be there again exactly. What is weighed may weigh more: V8's heap has compiled code and feedback in
 * it, and the system's memory what the allocator keeps for the next time.
 */
const allowances: Holdings = { 'heap, MB': 2, 'memory, MB': 64 };

/** Threads and processes end a while after they were told so. */
const patience = 15_000;

/** What a process has as its system sees it. */
export function holdingsOf(pid: number): Holdings {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)![1]);
  return {
    'memory, MB': field('VmRSS') / 1024,
    threads: field('Threads'),
    'open files': readdirSync(`/proc/${pid}/fd`).length,
    'child processes': childrenOf(pid).length,
  };
}

/**
 * What this process has, its garbage collected (--expose-gc).
 * @param classes their objects are counted
 */
export async function ourHoldings(
  classes: readonly (abstract new (...args: never[]) => object)[],
): Promise<Holdings> {
  // What only finalizers hold takes another turn.
  for (let i = 0; i < 3; i++) {
    globalThis.gc!();
    await turn();
  }
  const holdings: Holdings = {
    'heap, MB': process.memoryUsage().heapUsed / 2 ** 20,
    ...holdingsOf(process.pid),
  };
  holdings['temporary files'] = readdirSync(tmpdir(), { recursive: true }).length;
  for (const handle of process.getActiveResourcesInfo()) add(holdings, `handle ${handle}`, 1);
  for (const each of classes) holdings[`${each.name} objects`] = queryObjects(each, { format: 'count' });
  return holdings;
}

/** Measures until everything is back, or it has had its time. */
export async function compare(before: Holdings, measure: () => Promise<Holdings>): Promise<Comparison[]> {
  const deadline = performance.now() + patience;
  for (;;) {
    const compared = comparisonOf(before, await measure());
    if (compared.every(isBack) || performance.now() > deadline) return compared;
    await sleep(200);
  }
}

export function comparisonOf(before: Holdings, after: Holdings): Comparison[] {
  return Object.keys({ ...before, ...after }).map((what) => ({
    what,
    before: before[what] ?? 0,
    after: after[what] ?? 0,
    allowed: allowances[what] ?? 0,
  }));
}

export function isBack({ before, after, allowed }: Comparison): boolean {
  return after <= before + allowed;
}

/** In Markdown. */
export function tableOf(whose: string, comparisons: readonly Comparison[]): string {
  const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
  const rows = comparisons.map((comparison) => [
    comparison.what,
    number(comparison.before),
    number(comparison.after),
    isBack(comparison) ? (comparison.allowed > 0 ? `yes (+${comparison.allowed} allowed)` : 'yes') : 'NO',
  ]);
  return [[whose, 'before', 'after', 'back'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((child) => child > 0 && parentOf(child) === pid);
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
  } catch {
    // It has ended in the meantime.
    return null;
  }
}

function add(holdings: Holdings, what: string, amount: number): void {
  holdings[what] = (holdings[what] ?? 0) + amount;
}
