// Every state of the window, light and dark, by the rules of axe-core (WCAG 2.2 A and AA, and its best practices).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { describe, expect, it } from 'vitest';
import type { DocumentState } from '../../shared/protocol.ts';
import { nothingHidden } from '../../shared/protocol/picture.ts';
import { onePage } from './one-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const page = onePage();

const recent = [{ path: '/work/leaks/today.dot', name: 'today.dot', folder: '/work/leaks' }];
const bookmarks = {
  bookmarks: ['the cache', 'where it is held'].map((name) => ({ name, x: 0, y: 0, zoom: 1 })),
  problem: null,
};
const problem = { message: 'syntax error', file: '/tmp/a.dot', line: 3, source: 'a -> -> b' };

interface State {
  name: string;
  shown?: Partial<DocumentState>;
  /** Main's, by request. */
  answers?: Record<string, unknown>;
  /** What the user does to come to it. */
  come?: () => Promise<unknown>;
}

const press = (key: string) => () => page.window.page.keyboard.press(key);
const click = (name: string) => () => page.window.page.getByRole('button', { name, exact: true }).click();

const states: State[] = [
  { name: 'nothing open', shown: { scene: null, path: null } },
  { name: 'a picture' },
  { name: 'several graphs of a file', shown: { graphs: ['first', 'second'] } },
  { name: 'an error beside the picture', shown: { problem } },
  { name: 'an error without a picture', shown: { scene: null, problem } },
  { name: 'a layout that was too hard', shown: { problem: { message: 'too large', tooHard: true } } },
  { name: 'a layout that takes long', shown: { busySince: Date.now() - 60_000 } },
  {
    name: 'warnings',
    shown: { warnings: ['a is odd'] },
    come: () => page.window.page.getByText('1 warning').click(),
  },
  {
    name: 'find',
    come: async () => {
      await press('f')();
      await page.window.page.keyboard.type('a');
    },
  },
  {
    name: 'find, a pattern that is none',
    come: async () => {
      await press('f')();
      await page.window.page.keyboard.type('(');
    },
  },
  {
    name: 'the menu of a node',
    come: async () => {
      const { x, y } = await page.locateNode('a');
      await page.window.page.mouse.click(x, y, { button: 'right' });
    },
  },
  { name: 'recent files', come: click('Recent files') },
  { name: 'the export dialog', come: press('Control+s') },
  { name: 'the list of keys', come: press('?') },
  { name: 'the outline', come: press('o') },
  {
    name: 'the list of all actions, of which some can do nothing now',
    come: async () => {
      await press('Control+k')();
      await page.window.page.keyboard.type('s');
    },
  },
  { name: 'bookmarks, of which there are none', come: press('b') },
  { name: 'bookmarks', answers: { 'bookmarks.list': bookmarks }, come: press('b') },
  {
    name: 'bookmarks that cannot be read',
    answers: { 'bookmarks.list': { bookmarks: [], problem: 'bookmarks.json cannot be read: it is no JSON' } },
    come: press('b'),
  },
  {
    name: 'the minimap',
    come: async () => {
      for (let i = 0; i < 8; i++) await press('+')();
      await page.window.page.locator('.minimap').waitFor();
    },
  },
  {
    name: 'a part of the graph',
    shown: { exploration: { ...nothingHidden, canUndo: true, nodes: 900, hidden: 894, steps: 2 } },
  },
];

interface Axe {
  axe: { run(options: RunOptions): Promise<AxeResults> };
}

/** The themes differ in their colours alone. With `OBJGRAPH_ALL=1` the dark one is asked everything, too. */
const ofColours: RunOptions = process.env.OBJGRAPH_ALL
  ? {}
  : { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  it.each(states)('$name has nothing to complain of', async ({ shown = {}, answers = {}, come }) => {
    await page.open(shown, { colorScheme, reducedMotion: 'reduce' }, { 'recent.list': recent, ...answers });
    await come?.();
    await page.window.settle();
    await page.window.page.evaluate(axe);
    const options = colorScheme === 'dark' ? ofColours : {};
    const { violations, passes } = await page.window.page.evaluate(
      (options) => (window as unknown as Axe).axe.run(options),
      options,
    );
    expect(passes.length).toBeGreaterThan(colorScheme === 'dark' ? 0 : 10);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });
});
