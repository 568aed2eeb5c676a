// Real windows: Debian's Chromium on a display of Xvfb's, opened by our command and closed, while one stays open.
import { compare, holdingsOf, type Holdings } from './measure.ts';
import { Desktop, objgraph, shows, until } from '../e2e/desktop.ts';
import type { Bound, SoakResult } from './program.ts';

const warmUp = 3;

export async function soakWindows({ times, deadline }: Bound): Promise<SoakResult> {
  const desktop = await Desktop.start();
  try {
    const staying = desktop.command(objgraph, ['view', desktop.write('stays.dot', 'digraph { stays }')]);
    const stays = await desktop.window('stays.dot');
    await shows(stays, { status: 'ready' });
    const [viewer] = desktop.viewers();

    let opened = 0;
    const openAndClose = async () => {
      const name = `window-${++opened}.dot`;
      const text = `digraph { "${name}" -> b -> c }`;
      // Every second one comes by standard input: with a temporary file.
      const command =
        opened % 2 === 0
          ? desktop.command(objgraph, ['view', desktop.write(name, text)])
          : desktop.command(objgraph, ['view', '-'], { input: text });
      const page = await desktop.window(opened % 2 === 0 ? name : 'standard input');
      await shows(page, { status: 'ready', nodes: 3 });
      await page.close();
      await command.ended;
    };
    const measure = (): Promise<Holdings> =>
      Promise.resolve({
        ...holdingsOf(viewer),
        'temporary files': desktop.leftovers().length,
        windows: desktop.viewers().length,
      });

    for (let i = 0; i < warmUp; i++) await openAndClose();
    const before = await measure();
    for (opened = 0; opened < times && performance.now() < deadline;) await openAndClose();
    const whileOpen = await compare(before, measure);

    await stays.close();
    await staying.ended;
    const none = { 'viewer processes': 0, 'temporary files': 0 };
    const afterwards = await compare(none, async () => {
      await until('the viewer to end', () => desktop.viewers().length === 0 || null).catch(() => {});
      return { 'viewer processes': desktop.viewers().length, 'temporary files': desktop.leftovers().length };
    });
    return {
      done: `${opened} real windows, opened and closed`,
      compared: { 'the viewer (one window stays open)': whileOpen, 'after the last window': afterwards },
    };
  } finally {
    await desktop.close();
  }
}
