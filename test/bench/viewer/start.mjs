// From the start of the command to the first paint, and what it takes of memory: ours when it is the first one, ours
// where a viewer runs already, and xdot. They take turns.
import { Desktop, until } from '../../../build/scripts/desktop.mjs';
import { medians } from './figures.mjs';
import { treeLike } from './graphs.mjs';
import { memoryOf } from './memory.mjs';
import { Screen } from './screen.mjs';

const window = ['-g', '1000x800'];

/** One start on an empty desktop. */
async function first(desktop, screen, start) {
  const began = performance.now();
  start();
  const time = await screen.paintedAfter(began);
  const memory = memoryOf(desktop.processes());
  await desktop.clear();
  await until('an empty screen', () => !screen.showsMarker());
  return { time, memory };
}

/** One more window of a viewer that runs; memory is what comes on top. */
async function next(desktop, screen, file) {
  const before = memoryOf(desktop.processes());
  const began = performance.now();
  const command = desktop.command('xdot', ...window, file);
  const time = await screen.paintedAfter(began);
  const memory = memoryOf(desktop.processes()) - before;
  command.kill('SIGINT');
  await until('the window to be closed', () => !screen.showsMarker());
  return { time, memory };
}

/** @param graphs of how many nodes, and how many more edges than a tree has, for each node */
export async function measureStart({ graphs, rounds, log }) {
  // A viewer runs on a desktop of its own: on the other one none does.
  const [empty, busy] = [await Desktop.start(), await Desktop.start()];
  // With the settings that users have: the viewer stays, starts the browser before all else, and opens no debugging port.
  for (const name of ['OBJGRAPH_VIEWER_LINGER', 'OBJGRAPH_CHROMIUM_ARGS', 'CI', 'TMPDIR'])
    delete empty.env[name];
  const [emptyScreen, busyScreen] = [new Screen(empty.framebuffer), new Screen(busy.framebuffer)];
  try {
    busy.command('xdot', ...window, busy.write('other.dot', treeLike(2, { color: '#dddddd' })));
    await (await busy.window('other.dot')).waitForSelector('canvas[data-status=ready]');
    const results = [];
    for (const [nodes, more] of graphs) {
      const text = treeLike(nodes, { more });
      const edges = text.split(' -> ').length - 1;
      const files = [empty, busy].map((desktop) => desktop.write(`graph-${nodes}-${edges}.dot`, text));
      const runs = { first: [], next: [], xdot: [] };
      const ways = {
        first: () => first(empty, emptyScreen, () => empty.command('xdot', ...window, files[0])),
        next: () => next(busy, busyScreen, files[1]),
        xdot: () => first(empty, emptyScreen, () => empty.spawn('/usr/bin/xdot', ...window, files[0])),
      };
      for (let round = 0; round < rounds; round++)
        for (const [name, run] of Object.entries(ways)) {
          runs[name].push(await run());
          log(`start, ${nodes} nodes, ${edges} edges, round ${round + 1}, ${name}`, runs[name].at(-1));
        }
      results.push({
        nodes,
        edges,
        ...Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, medians(all)])),
      });
    }
    return results;
  } finally {
    emptyScreen.close();
    busyScreen.close();
    await Promise.all([empty.close(), busy.close()]);
  }
}
