// The catalogue's programs in a page of Chromium: those that need nothing but the language, timers, and signals.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { chromium } from 'playwright-core';

const warmUp = 30;

/** Whether a program runs in a page: it uses nothing of Node. */
export const runsInPage = (program) =>
  !/\brequire\(|\bprocess\.|\bBuffer\b|\bsetImmediate\b|\.unref\(|__filename|\bglobal\./.test(
    readFileSync(program, 'utf8'),
  );

/** As drive.cjs: writes a snapshot into each of the files, with `steps` steps of work between them. */
export async function snapshotsInPage(program, files, steps) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage();
    const name = basename(program);
    // As a bundler wraps a module: its variables are in the scope of a function.
    const script = `(function (exports) {${readFileSync(program, 'utf8')}\n})((globalThis.program = {}));`;
    await tab.route('http://leaks.test/**', (route) =>
      route.fulfill(
        route.request().url().endsWith(name)
          ? { contentType: 'text/javascript', body: script }
          : { contentType: 'text/html', body: `<!doctype html><script src="/${name}"></script>` },
      ),
    );
    await tab.goto('http://leaks.test/');
    let next = 0;
    const work = async (count) => {
      await tab.evaluate(
        async ([first, last]) => {
          for (let i = first; i < last; i++) {
            await globalThis.program.step(i);
            if (i % 50 === 0) await new Promise((done) => setTimeout(done, 1));
          }
        },
        [next, next + count],
      );
      next += count;
    };
    await tab.evaluate(() => globalThis.program.start?.());
    await work(warmUp);
    const session = await tab.context().newCDPSession(tab);
    const chunks = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    for (const [moment, file] of files.entries()) {
      if (moment > 0) await work(steps);
      await tab.waitForTimeout(50);
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      writeFileSync(file, chunks.splice(0).join(''));
    }
  } finally {
    await browser.close();
  }
}
