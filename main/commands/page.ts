// `objgraph page`: whether a web page leaks, and what.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../../shared/errors.ts';
import { startInBackground } from '../background.ts';
import { withFindings, type PageFindings } from '../pages/find-leaks.ts';
import { SnapshotFiles } from '../pages/attachments.ts';
import type { BrowserPage } from '../pages/browser-page.ts';
import { Browser } from '../pages/browser.ts';
import { PageDriver } from '../pages/page-driver.ts';
import type { LeakReport } from '../pages/page-report.ts';
import { pictureOfLeak } from '../pages/picture.ts';
import { leakReportHtml } from '../pages/report-html.ts';
import { describeLeaks } from '../pages/report-text.ts';
import { actionsOf, type PageAction } from '../pages/tour.ts';
import { TargetError, type ReadContext } from '../targets/target.ts';
import { print, printJson } from '../terminal.ts';
import { flag, readArguments, text } from './arguments.ts';
import type { Command } from './command.ts';
import { untilStopped } from './heaps.ts';
import { readCount } from './options.ts';
import { UsageError } from './run.ts';

const most = 10;

export const page: Command = {
  help: `Usage: objgraph page URL [--action FILE] [--runs N] [--limit N] [--any-origin] [--browser HOST:PORT] [--save DIR] [--json]

Whether a web page leaks, and what: does something with the page again and again, and names what every run left behind. By
default it opens and closes what the page says can be opened (dialogs, menus, disclosures: ARIA), and goes to each
page of the same site and back. The exit status is 1 when something leaks.

      --action FILE               a module that exports \`action\`, which does something with the page, and where it needs them
                                  \`back\`, which undoes it, and \`setup\`, which runs once before
      --runs N                    runs between the first two looks at the heap (default 7)
      --limit N                   how many actions by default (default ${most})
      --any-origin                follow links to other sites, too
      --browser HOST:PORT         a browser that runs, started with --remote-debugging-port (default: starts the machine's
                                  Chromium without a window)
      --save DIR                  write a report with pictures of each action, and the snapshots of what leaks, into a folder
      --json                      for programs; see docs/json.md

An action gets the page, with goto(url), click(selector), press(key), type(text, selector), back(), waitFor(selector or
function) and evaluate(function, argument):
  export const action = (page) => page.click('#open');
  export const back = (page) => page.press('Escape');
`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      action: text,
      runs: text,
      limit: text,
      'any-origin': flag,
      browser: text,
      save: text,
      json: flag,
    });
    const url = readUrl(positionals);
    const runs = readCount('runs', values.runs, 7, 2, 1000);
    const limit = readCount('limit', values.limit, most, 1);
    const module = values.action === undefined ? null : await readModule(values.action);
    const results = await untilStopped(async (context) => {
      const browser = await (values.browser === undefined
        ? Browser.start()
        : Browser.connect(values.browser, context.signal));
      const tab = await browser.newPage();
      // Whatever the page is doing then is not waited for.
      const end = () => startInBackground(tab.close().then(() => browser.close()));
      context.signal.addEventListener('abort', end);
      try {
        const driver = await PageDriver.open(tab.session);
        context.progress(`opening ${url}`, 0, null);
        await driver.goto(url);
        await module?.setup?.(driver);
        const actions =
          module === null
            ? await actionsOf(driver, limit, values['any-origin'] ?? false)
            : [asAction(module, driver)];
        if (actions.length === 0)
          throw new TargetError(
            `${url} has no links to its own site, and nothing that says that it can be opened: write what to do with it into a file, and name it by --action`,
          );
        return await measureAll(actions, tab, { runs, save: values.save, context });
      } finally {
        context.signal.removeEventListener('abort', end);
        await tab.close();
        await browser.close();
      }
    }, false);
    if (values.json) printJson({ url, actions: results });
    else print(...results.flatMap(lines));
    if (results.some(({ leaks }) => leaks.length > 0)) process.exitCode = 1;
    if (results.every(({ error }) => error !== null)) process.exitCode = 1;
  },
};

type ActionResult = { action: string; error: string | null } & LeakReport;

interface Measuring {
  runs: number;
  save: string | undefined;
  context: ReadContext;
}

async function measureAll(
  actions: readonly PageAction[],
  tab: BrowserPage,
  measuring: Measuring,
): Promise<ActionResult[]> {
  const { runs, save, context } = measuring;
  const results: ActionResult[] = [];
  for (const [i, { name, run }] of actions.entries()) {
    const folder = save === undefined ? null : join(save, String(i + 1));
    const files = folder === null ? null : new SnapshotFiles(folder);
    const progress: ReadContext['progress'] = (task, ...state) =>
      context.progress(
        `${actions.length > 1 ? `${i + 1}/${actions.length} ` : ''}${name}: ${task}`,
        ...state,
      );
    const options = { runs, signal: context.signal, progress, keep: files?.keep };
    try {
      results.push(
        await withFindings(tab, run, options, async (findings) => {
          if (folder !== null) await saveFindings(folder, name, findings, files);
          return { action: name, error: null, ...findings.report };
        }),
      );
    } catch (error) {
      context.signal.throwIfAborted();
      // One link that is broken says nothing of the others.
      results.push({ action: name, error: messageOf(error), ...nothing });
    } finally {
      files?.close();
    }
  }
  return results;
}

const nothing: LeakReport = {
  ...{ leaks: [], suspects: [], runs: [], warmup: 0, heaps: [], snapshots: 0 },
  time: { all: 0, action: 0 },
};

async function saveFindings(
  folder: string,
  name: string,
  { report, paths }: PageFindings,
  files: SnapshotFiles | null,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pictures: (string | null)[] = [];
  for (const leak of report.leaks) {
    const path = paths.get(leak);
    pictures.push(path ? await pictureOfLeak(path).catch(() => null) : null);
  }
  writeFileSync(join(folder, 'leaks.html'), leakReportHtml(name, report, pictures));
  writeFileSync(join(folder, 'leaks.json'), JSON.stringify(report, null, 2));
  if (report.leaks.length === 0) return;
  for (const { name: file, data } of files?.firstAndLast() ?? []) writeFileSync(join(folder, file), data);
}

function lines({ action, error, ...report }: ActionResult): string[] {
  if (error !== null) return [`${action}: could not be done: ${error}`];
  if (report.leaks.length === 0) return [`${action}: nothing leaks`];
  return [
    `${action}: leaks`,
    ...describeLeaks(report)
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

/** @throws UsageError */
function readUrl(positionals: readonly string[]): string {
  if (positionals.length !== 1) throw new UsageError('it takes one URL');
  const [text] = positionals;
  const url =
    URL.canParse(text) && /^(https?|file):/.test(text)
      ? text
      : /^[\w.-]+(:\d+)?(\/|$)/.test(text)
        ? `http://${text}`
        : '';
  if (!URL.canParse(url)) throw new UsageError(`${JSON.stringify(text)} is no address of a web page`);
  return new URL(url).href;
}

interface ActionModule {
  setup?(page: PageDriver): unknown;
  action(page: PageDriver): unknown;
  back?(page: PageDriver): unknown;
}

/** @throws UsageError */
async function readModule(file: string): Promise<ActionModule> {
  let module: Partial<ActionModule>;
  try {
    module = (await import(pathToFileURL(resolve(file)).href)) as Partial<ActionModule>;
  } catch (error) {
    throw new UsageError(`--action: ${file} cannot be loaded: ${messageOf(error)}`);
  }
  for (const name of ['setup', 'back'] as const)
    if (module[name] !== undefined && typeof module[name] !== 'function')
      throw new UsageError(`--action: ${name} of ${file} is no function`);
  if (typeof module.action !== 'function')
    throw new UsageError(`--action: ${file} exports no function \`action\``);
  return module as ActionModule;
}

const asAction = ({ action, back }: ActionModule, driver: PageDriver): PageAction => ({
  name: back ? 'action and back' : 'action',
  run: async () => {
    await action(driver);
    await back?.(driver);
  },
});
