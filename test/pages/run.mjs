// `npm run bench:pages`: how well leaks of the catalogue are named. Arguments choose pages by name; --times N repeats.
import { describeLeaks, findLeaks } from '../../dist/pages.js';
import { grade } from './catalogue.mjs';
import { servePages } from './page-server.mjs';

const args = process.argv.slice(2);
const times = args.includes('--times') ? Number(args.splice(args.indexOf('--times'), 2)[1]) : 1;
const isVerbose = args.includes('--verbose');
const names = args.filter((arg) => !arg.startsWith('--'));
const { pages, browser, addressOf, close } = await servePages(names);
const totals = {};
const seconds = [];
let memory = 0;
// Round after round, so that an interrupted run has asked each page equally often.
for (let time = 0; time < times; time++)
  for (const one of pages) {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('pageerror', (error) => console.log(`  ${one.name}: ${error.message}`));
    await page.goto(await addressOf(one));
    await page.waitForFunction(() => typeof window.run === 'function');
    const report = await findLeaks(page, () => page.evaluate(() => window.run()));
    const verdict = grade(one, report);
    totals[verdict] = (totals[verdict] ?? 0) + 1;
    seconds.push(report.time.all / 1000);
    memory = Math.max(memory, process.memoryUsage.rss());
    console.log(
      `${verdict.padEnd(12)} ${seconds.at(-1).toFixed(1).padStart(5)} s  ${`${one.kind}/${one.name}`.padEnd(32)} ${report.leaks[0]?.summary ?? ''}`,
    );
    if (isVerbose || ['missed', 'listed', 'false alarm'].includes(verdict))
      console.log(
        report.leaks.length > 0
          ? describeLeaks(report)
          : `  runs ${report.runs.join()}; suspects: ${report.suspects.map((s) => s.summary).join('; ')}`,
      );
    await context.close();
  }
await close();
seconds.sort((a, b) => a - b);
const median = seconds[seconds.length >> 1].toFixed(1);
console.log(
  totals,
  `a verdict took ${median} s (median), at most ${seconds.at(-1).toFixed(1)} s; the test runner had ${Math.round(memory / 1e6)} MB at most`,
);
if (totals['false alarm']) process.exitCode = 1;
