import { expect, it, vi } from 'vitest';
import { menuActions } from '../../../shared/protocol/actions.ts';

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

it.each(['darwin', 'linux', 'win32'] as const)(
  'on %s reaches every action of the page, by keys of its own',
  (platform) => {
    const items = flatten(menuTemplate(platform));
    send.mockClear();
    for (const { accelerator, click } of items)
      if (accelerator && click && accelerator !== 'CmdOrCtrl+N') (click as () => void)();
    const sent = send.mock.calls.map(([channel, message]) => [channel, message.event, message.data.name]);
    expect(sent.toSorted()).toEqual(menuActions.map((name) => ['protocol', 'action.run', name]).toSorted());
    const keys = items.map(({ accelerator }) => accelerator).filter(Boolean);
    expect(new Set(keys).size).toBe(keys.length);
  },
);

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
