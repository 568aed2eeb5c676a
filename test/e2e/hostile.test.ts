// Graphs that are too much for any layout, in real windows: each window says so or can be told to give up, and meanwhile it and
// its neighbour answer.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, firstHost, missingPrograms, shows, xdot } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const eventually = { timeout: 60_000 };
const patience = 120_000;

const clusters = Array.from({ length: 10_000 }, (_, i) => `subgraph cluster_${i} {`).join(' ');
const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join(
  '',
);
const graphs: [name: string, dot: () => string, said: RegExp][] = [
  [
    'label.dot',
    () => `digraph { a [label="${'x'.repeat(100 * 2 ** 20)}"] }`,
    /a text of (more than )?\d+ MB/,
  ],
  ['deep.dot', () => `digraph { ${clusters} a ${'}'.repeat(10_000)} }`, /too large|too deeply|broke down/],
  ['bomb.dot', () => `digraph { a [label=<<!DOCTYPE x [<!ENTITY a0 "ha">${entities}]>&a12;>] }`, /1 warning/],
];

describe.skipIf(missing.length > 0).each(firstHost())('hostile graphs on %s', (host) => {
  let desktop: Desktop;
  let calm: Page | null = null;
  const open = async (name: string, dot: string) => {
    desktop.command(xdot, [desktop.write(name, dot)]);
    return desktop.window(name);
  };
  beforeAll(async () => void (desktop = await Desktop.start(host)));
  afterAll(() => desktop?.close());
  afterEach(async () => {
    for (const page of await desktop.windows()) if (page !== calm) await page.close();
  });

  /** Its toolbar does what it says. */
  const expectUsable = async (page: Page) => {
    await page.getByRole('button', { name: 'Keyboard and mouse' }).click(eventually);
    const keys = page.getByRole('dialog');
    await keys.waitFor(eventually);
    await keys.getByRole('button', { name: 'Close' }).click();
    await keys.waitFor({ state: 'detached', ...eventually });
  };
  const openNeighbour = async () => {
    if (!calm || calm.isClosed()) calm = await open('calm.dot', 'digraph { a -> b }');
    await shows(calm, { status: 'ready', nodes: 2 });
    return calm;
  };
  const expectMoves = async (page: Page) => {
    const zoom = () => page.locator('canvas').first().getAttribute('data-zoom', eventually);
    const before = Number(await zoom());
    await page.getByRole('button', { name: 'Zoom in' }).click(eventually);
    await expect.poll(async () => Number(await zoom()), eventually).toBeGreaterThan(before);
  };

  it.each(graphs)(
    '%s is reported in words',
    async (name, dot, said) => {
      const neighbour = await openNeighbour();
      const page = await open(name, dot());
      await expectMoves(neighbour);
      await expect.poll(() => page.locator('body').innerText(), eventually).toMatch(said);
      await expectUsable(page);
    },
    patience,
  );

  it(
    'a million nodes are laid out while both windows answer, until it is cancelled',
    async () => {
      const neighbour = await openNeighbour();
      const nodes = Array.from({ length: 1e6 }, (_, i) => `n${i};`).join('\n');
      const page = await open('million.dot', `digraph {\n${nodes}\n}`);
      const waiting = page.getByRole('status').filter({ hasText: 'Cancel' });
      await waiting.waitFor(eventually);
      await expectMoves(neighbour);
      await expectUsable(page);
      // After a while the user is offered other ways.
      await waiting.getByRole('group', { name: 'Easier layouts' }).waitFor(eventually);
      await waiting.getByRole('button', { name: 'Cancel' }).click();
      await expect
        .poll(() => page.getByRole('alert').allInnerTexts(), eventually)
        .toEqual([expect.stringContaining('The layout was cancelled')]);
      await expectMoves(neighbour);
    },
    patience,
  );
});
