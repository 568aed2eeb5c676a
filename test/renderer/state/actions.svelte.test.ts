// The list of actions: its keys, what else listens to keys, and the menu of the desktop app that is fed by it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../renderer/host.ts';
import type { ActionGroup } from '../../../renderer/state/actions/action.ts';
import type { MenuGroup } from '../../../shared/protocol/actions.ts';

vi.mock('electron', () => ({
  app: { getPath: () => '/nowhere', isPackaged: true },
  BrowserWindow: {},
  Menu: {},
  shell: {},
}));
const { menuTemplate } = await import('../../../main/electron/menu.ts');
type Item = ReturnType<typeof menuTemplate>[number];

/** Nothing answers. */
const silent: Connection = {
  hasDialogs: true,
  pathOf: () => null,
  request: () => new Promise(() => {}),
  on: () => {},
  onLost: () => {},
};

let groups: ActionGroup[];
let listed: MenuGroup[];
beforeAll(async () => {
  vi.stubGlobal('location', { search: '' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  const query = { matches: false, addEventListener: () => {} };
  vi.stubGlobal('window', { matchMedia: () => query, devicePixelRatio: 1, addEventListener: () => {} });
  vi.stubGlobal('matchMedia', () => query);
  const { Viewer } = await import('../../../renderer/state/viewer.svelte.ts');
  const { Workspace } = await import('../../../renderer/state/workspace.svelte.ts');
  const { actionsOf, groupsOf, menuOf } = await import('../../../renderer/state/actions/index.ts');
  const viewer = new Viewer(silent);
  groups = groupsOf(actionsOf(viewer, new Workspace(silent, viewer.copy)));
  listed = menuOf(groups);
});

describe('the list of actions', () => {
  it('has each key once', () => {
    const actions = listed.flatMap((group) => group.actions);
    const owners = new Map<string, string[]>();
    for (const { id, keys } of actions)
      for (const key of keys) owners.set(key, [...(owners.get(key) ?? []), id]);
    expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
    expect(owners.size).toBeGreaterThan(40);
  });

  it('has every letter, digit, sign and function key that does something anywhere in the page', () => {
    const keys = listed.flatMap(({ actions }) => actions.flatMap((action) => action.keys));
    const isListed = (key: string) => keys.some((known) => known === key || known.endsWith(`+${key}`));
    const used = sourceFiles('renderer').flatMap((file) => keysIn(readFileSync(file, 'utf8')));
    expect(used).toContain('f');
    expect(used.filter((key) => !isListed(key))).toEqual([]);
  });
});

/** What a source compares with the key of an event. The names of keys that move within a control are as everywhere. */
function keysIn(source: string): string[] {
  const compared = [...source.matchAll(/\bkey === '([^']+)'/g)].map(([, key]) => key);
  return compared.filter((key) => /^(\S|F\d+)$/u.test(key));
}

function sourceFiles(folder: string): string[] {
  const root = resolve(import.meta.dirname, '../../..', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => join(root, name));
}

describe.each(['darwin', 'linux', 'win32'] as const)('the menu on %s', (platform) => {
  const flatten = (items: Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);

  it('offers every action of the list once, and no other', () => {
    const ids = flatten(menuTemplate(platform, listed)).flatMap(({ id }) => id ?? []);
    const all = listed.flatMap(({ actions }) => actions.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(all.toSorted());
  });

  it('has no key twice', () => {
    const keys = flatten(menuTemplate(platform, listed)).flatMap(({ accelerator }) => accelerator ?? []);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
});
