// A viewer that lingers: each window is its last one, and the next opens in the same process. Then it is quit.
import { readdirSync, readlinkSync } from 'node:fs';
import { compare, holdingsOf, type Holdings } from './measure.ts';
import { Desktop, objgraph, shows, until } from '../e2e/desktop.ts';
import type { Bound, SoakResult } from './program.ts';

const warmUp = 3;

export async function soakLingering({ times, deadline }: Bound): Promise<SoakResult> {
  const desktop = await Desktop.start();
  desktop.env.OBJGRAPH_VIEWER_LINGER = '300';
  try {
    let opened = 0;
    const openAndClose = async () => {
      const input = `digraph { "window ${++opened}" -> b -> c }`;
      const command = desktop.command(objgraph, ['view', '-'], { input });
      const page = await desktop.window('standard input');
      await shows(page, { status: 'ready', nodes: 3 });
      await page.close();
      await command.ended;
    };
    const measure = (): Promise<Holdings> => {
      const [viewer, ...others] = desktop.viewers();
      return Promise.resolve({
        ...holdingsOf(viewer),
        sockets: socketsOf(viewer),
        'temporary files': desktop.leftovers().length,
        'viewer processes': 1 + others.length,
        'the first viewer has ended': viewer === first ? 0 : 1,
      });
    };

    await openAndClose();
    const [first] = desktop.viewers();
    while (opened < warmUp) await openAndClose();
    const before = await measure();
    for (opened = 0; opened < times && performance.now() < deadline;) await openAndClose();
    const lingering = await compare(before, measure);

    await desktop.command(objgraph, ['quit']).ended;
    const afterwards = await compare({ 'viewer processes': 0, 'temporary files': 0 }, async () => {
      await until('the viewer to end', () => desktop.viewers().length === 0 || null).catch(() => {});
      return { 'viewer processes': desktop.viewers().length, 'temporary files': desktop.leftovers().length };
    });
    return {
      done: `${opened} real windows, each the last one of a viewer that lingers`,
      compared: { 'the viewer (without a window)': lingering, 'after objgraph quit': afterwards },
    };
  } finally {
    await desktop.close();
  }
}

const socketsOf = (pid: number) =>
  readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:');
    } catch {
      // Closed meanwhile.
      return false;
    }
  }).length;
