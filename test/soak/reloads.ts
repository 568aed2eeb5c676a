// A day at work in fast motion: one window on a file that changes all the time, by whatever way files change.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, ourHoldings } from './measure.ts';
import type { Bound, SoakResult } from './program.ts';
import { ofWindows, StandInWindow } from './stand-in-window.ts';

const warmUp = 20;
/** Every so many changes, the file is broken first, or gone. */
const changesAFault = 25;

export async function soakReloads({ times, deadline }: Bound): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), 'reloads-'));
  const file = join(folder, 'graph.dot');
  writeFileSync(file, graph(0));
  const window = new StandInWindow({ path: file });
  let faults = 0;

  const shows = (change: number) =>
    window.until(`change ${change}`, ({ document: { state } }) =>
      Boolean(!state.problem && state.scene?.parts.some(({ json }) => json.includes(`"change ${change}"`))),
    );
  const fails = () => window.until('a problem', ({ document }) => document.state.problem !== null);
  const change = async (number: number) => {
    if (number % changesAFault === 0) {
      if (faults++ % 2 === 0) writeFileSync(file, 'digraph {\n a ->');
      else rmSync(file);
      await fails();
    }
    // In place, or as editors do.
    if (number % 2 === 0) writeFileSync(file, graph(number));
    else {
      writeFileSync(`${file}.new`, graph(number));
      renameSync(`${file}.new`, file);
    }
    await shows(number);
  };

  await shows(0);
  for (let i = 1; i <= warmUp; i++) await change(i);
  const measure = () => ourHoldings(ofWindows);
  const before = await measure();
  let changes = 0;
  faults = 0;
  for (; changes < times && performance.now() < deadline; changes++) await change(warmUp + 1 + changes);
  const compared = await compare(before, measure);
  await window.close();
  rmSync(folder, { recursive: true });
  return {
    done: `${changes} changes of a file that a window shows, ${faults} of them from a broken or missing one (${times} wanted)`,
    compared: { 'the viewer (a stand-in window)': compared },
  };
}

function graph(change: number): string {
  const nodes = Array.from({ length: 20 + (change % 30) }, (_, i) => `n${i} -> n${i + 1}`);
  return `digraph { "change ${change}" -> n0; ${nodes.join('; ')} }`;
}
