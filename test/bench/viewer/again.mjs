// Ten windows, one after the other, each closed before the next opens: ours of a viewer that lingers between them, and xdot's.
// The programs take turns; call 1 is a first start. By the `xdot` command, whose picture can have the colour that is looked for.
import { Desktop, until } from '../../../build/scripts/desktop.mjs';
import { median } from './figures.mjs';
import { treeLike } from './graphs.mjs';
import { Screen } from './screen.mjs';

const window = ['-g', '1000x800'];

/** Milliseconds until the picture is there; then it is closed as by Ctrl-C. */
async function call(screen, start) {
  const began = performance.now();
  const child = start();
  const time = await screen.paintedAfter(began);
  child.kill('SIGINT');
  await until('an empty screen', () => !screen.showsMarker());
  return time;
}

/** @returns by nodes: the first call of ours, and the medians of calls 2 to `calls` */
export async function measureAgain({ sizes, calls, log }) {
  const results = [];
  for (const nodes of sizes) {
    const [own, other] = [await Desktop.start(), await Desktop.start()];
    own.env.OBJGRAPH_VIEWER_LINGER = '300';
    const screens = [new Screen(own.framebuffer), new Screen(other.framebuffer)];
    try {
      const text = treeLike(nodes, { more: 0.1 });
      const files = [own, other].map((desktop) => desktop.write('graph.dot', text));
      const times = { viewer: [], xdot: [] };
      for (let i = 0; i < calls; i++) {
        times.viewer.push(await call(screens[0], () => own.command('xdot', ...window, files[0])));
        times.xdot.push(await call(screens[1], () => other.spawn('/usr/bin/xdot', ...window, files[1])));
        log(`again, ${nodes} nodes, call ${i + 1}`, times.viewer.at(-1), times.xdot.at(-1));
      }
      const [first, ...later] = times.viewer;
      results.push({
        nodes,
        first: Math.round(first),
        again: Math.round(median(later)),
        xdot: Math.round(median(times.xdot.slice(1))),
      });
    } finally {
      screens.forEach((screen) => screen.close());
      await Promise.all([own.close(), other.close()]);
    }
  }
  return results;
}
