// `objgraph/playwright` in a project of Playwright's own test runner, with the machine's Chromium: tests that pass, tests that
// fail, and what they leave in the HTML report.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface Attachment {
  name: string;
  contentType: string;
  body?: string;
  path?: string;
}

interface Spec {
  title: string;
  tests: {
    annotations: { type: string; description?: string }[];
    results: { status: string; errors: { message: string }[]; attachments: Attachment[] }[];
  }[];
}

let folder: string;
let specs: Map<string, Spec>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-playwright-'));
  cpSync(join(root, 'test/fixtures/playwright'), folder, { recursive: true });
  // The project has what its package.json would bring: Playwright, and this package as it is built.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  mkdirSync(join(folder, 'node_modules/@playwright'), { recursive: true });
  symlinkSync(join(root, 'node_modules/@playwright/test'), join(folder, 'node_modules/@playwright/test'));
  symlinkSync(root, join(folder, 'node_modules/objgraph'));
  const playwright = join(root, 'node_modules/@playwright/test/cli.js');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [playwright, 'test', '-c', 'playwright.config.mjs'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  if (!existsSync(join(folder, 'report.json'))) throw new Error(stdout + stderr);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as {
    suites: { specs: Spec[] }[];
  };
  specs = new Map(report.suites[0].specs.map((spec) => [spec.title, spec]));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function result(title: string) {
  const { annotations, results } = specs.get(title)!.tests[0];
  return { annotations, ...results[0] };
}

const textOf = ({ body, path }: Attachment) =>
  body === undefined ? readFileSync(path!, 'utf8') : Buffer.from(body, 'base64').toString();

describe('a page that leaks', () => {
  test.each(['the leaky dialog', 'the leaky dialog by the fixture'])('fails: %s', (title) => {
    const { status, errors, annotations } = result(title);
    expect(status).toBe('failed');
    const { message } = errors[0];
    expect(message).toMatch(/Expected the page not to leak, but 17 runs left behind/);
    expect(message).toMatch(/17 × Session \(shop\.html:7\) in Map `sessions`, from \d+ to \d+ entries/);
    expect(message).toMatch(/kept by script —variable sessions→ Map —entry→ Session/);
    expect(message).toMatch(/with 17 \[data-testid="confirm-dialog"\]/);
    expect(message).toMatch(/17 × listener "resize" on window that calls onResize \(shop\.html:18\)/);
    expect(annotations.map(({ type }) => type)).toContain('leak');
  });

  test('is what the positive form expects', () => {
    expect(result('the leaky dialog is expected to leak').status).toBe('passed');
  });

  test('is reported to other runners as a value', () => {
    const { status, errors } = result('a report for other runners');
    expect([status, errors]).toEqual(['passed', []]);
  });
});

describe('a page that does not leak', () => {
  test.each(['the clean dialog', 'what a test keeps a handle of is no leak'])('passes: %s', (title) => {
    const { status, errors, attachments } = result(title);
    expect([status, errors, attachments]).toEqual(['passed', [], []]);
  });
});

describe('another browser than Chromium', () => {
  const reason = 'leaks are found in Chromium only: this browser has no DevTools protocol';

  test.each(['matcher', 'positive matcher', 'fixture', 'report'])(
    'runs the action once, and the test is skipped, as nothing was checked, by the %s',
    (form) => {
      const { status, errors, annotations } = result(`another browser, by the ${form}`);
      expect([status, errors]).toEqual(['skipped', []]);
      expect(annotations).toMatchObject([{ type: 'skip', description: `Leaks not checked: ${reason}` }]);
    },
  );

  test('fails with the action', () => {
    const { status, errors, annotations } = result('another browser, where the action fails');
    expect(status).toBe('failed');
    expect(errors[0].message).toContain('the button is missing');
    expect(annotations).toEqual([]);
  });

  test('is refused where no test can be annotated', () => {
    const { status, errors } = result('another browser, for other runners');
    expect(status).toBe('failed');
    expect(errors[0].message).toContain(reason);
  });
});

test('a failed test attaches its message, pictures, a report in one file, figures and the snapshots it was asked for', () => {
  const { attachments } = result('the leaky dialog');
  const byName = new Map(attachments.map((attachment) => [attachment.name, attachment]));
  expect([...byName.keys()]).toEqual(
    expect.arrayContaining([
      'leaks',
      'leak 1',
      'leaks.html',
      'leaks.json',
      'page-0.heapsnapshot.gz',
      'page-3.heapsnapshot.gz',
    ]),
  );
  expect(textOf(byName.get('leak 1')!)).toMatch(/<svg[\s\S]*>Session</);
  const { leaks, runs } = JSON.parse(textOf(byName.get('leaks.json')!));
  expect(runs).toEqual([5, 3, 9]);
  expect(leaks[0]).toMatchObject({ cause: 'object', name: 'Session', count: 17, perRun: 1, left: [5, 3, 9] });
  const html = textOf(byName.get('leaks.html')!);
  expect(html).toMatch(/<h2>17 × Session/);
  expect(html).not.toMatch(/<script/);
});

test('the HTML report shows the leak and its picture', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`file://${join(folder, 'html/index.html')}`);
    await page.getByText('the leaky dialog', { exact: true }).first().click();
    await page.getByText('17 runs left behind').first().waitFor();
    const picture = page.getByRole('img').first();
    await picture.waitFor();
    expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(50);
  } finally {
    await browser.close();
  }
}, 60_000);
