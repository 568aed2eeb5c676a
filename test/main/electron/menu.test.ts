// The menu of the desktop app, with Electron's API mocked: what it offers, and what it asks of the page.
import { describe, expect, it, vi } from 'vitest';

const send = vi.fn();
vi.mock('electron', () => ({
  app: { getPath: () => '/nowhere', isPackaged: true },
  BrowserWindow: { getFocusedWindow: () => ({ webContents: { send } }) },
  Menu: {},
  shell: {},
}));

const { menuTemplate } = await import('../../../main/electron/menu.ts');
type Item = ReturnType<typeof menuTemplate>[number];

const flatten = (items: Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
const top = (platform: NodeJS.Platform) => menuTemplate(platform).map(({ label, role }) => label ?? role);

it('has the menus of its system, in its order', () => {
  expect(top('darwin')).toEqual(['appMenu', '&File', '&Edit', '&View', '&Go', 'windowMenu', '&Help']);
  expect(top('linux')).toEqual(['&File', '&Edit', '&View', '&Go', 'windowMenu', '&Help']);
  expect(top('win32')).toEqual(top('linux'));
});

/** As the page lists what it can do. */
const groups = [
  {
    title: 'View',
    actions: [
      { id: 'look.fit', title: 'Fit to the window', keys: ['w'] },
      { id: 'look.scrollLeft', title: 'Scroll left', keys: ['ArrowLeft'] },
    ],
  },
  {
    title: 'Heap',
    actions: [
      { id: 'heap.types', title: 'Types', keys: ['Alt+2'] },
      { id: 'heap.exportTable', title: 'Export the table', keys: ['Ctrl+S'] },
      { id: 'heap.attach', title: 'Attach to a process', keys: ['a'] },
      { id: 'heap.report', title: 'Report on A & B', keys: [] },
    ],
  },
  { title: 'Window', actions: [{ id: 'window.open', title: 'Open a file', keys: ['Ctrl+o'] }] },
];
const itemsOf = (platform: NodeJS.Platform, label: string) =>
  flatten(menuTemplate(platform, groups)).find((item) => item.label === label)!.submenu as Item[];

describe('the actions of the page', () => {
  it('are in the menu that their system has for them, or else in that of their group', () => {
    expect(top('linux')).not.toContain('&Actions');
    const labels = itemsOf('linux', '&Actions').map(({ label, submenu }) => [
      label,
      (submenu as Item[]).map((item) => item.label),
    ]);
    expect(labels).toEqual([
      ['View', ['Scroll left']],
      ['Heap', ['Types', 'Export the table', 'Attach to a process', 'Report on A && B']],
    ]);
    expect(itemsOf('linux', '&File').map(({ id }) => id)).toContain('window.open');
  });

  it('show the keys of the page, which stay its own', () => {
    const keys = itemsOf('linux', 'Heap').map(({ accelerator, registerAccelerator }) => [
      accelerator,
      registerAccelerator,
    ]);
    expect(keys).toEqual([
      ['Alt+2', false],
      ['CmdOrCtrl+Shift+S', false],
      ['A', false],
      [undefined, false],
    ]);
  });

  it('on macOS have only keys that type nothing into a field', () => {
    const keys = itemsOf('darwin', 'Heap').map(({ accelerator }) => accelerator);
    expect(keys).toEqual(['Alt+2', 'CmdOrCtrl+Shift+S', undefined, undefined]);
  });

  it('are run by the page, by their ids', () => {
    send.mockClear();
    const clicked = [...itemsOf('linux', 'Heap'), ...itemsOf('linux', '&Go')];
    for (const { click } of clicked) (click as () => void)();
    const sent = send.mock.calls.map(([channel, message]) => [channel, message.event, message.data.id]);
    const ids = clicked.map(({ id }) => id);
    expect(sent).toEqual(ids.map((id) => ['protocol', 'action.run', id]));
    expect(ids).toContain('look.back');
  });
});

it('leaves quitting and recent documents to macOS itself', () => {
  const roles = (platform: NodeJS.Platform) => flatten(menuTemplate(platform)).map(({ role }) => role);
  expect(roles('darwin')).toContain('recentDocuments');
  expect(roles('darwin')).not.toContain('quit');
  expect(roles('linux')).toContain('quit');
  expect(roles('linux')).not.toContain('recentDocuments');
});

it('has no tools for developers in what is packaged', () => {
  expect(flatten(menuTemplate('linux')).map(({ role }) => role)).not.toContain('toggleDevTools');
});
