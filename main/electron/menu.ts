// The menu: every action of the page, and those that each system has a place and keys for in these. The page does the work.
import { app, BrowserWindow, Menu, shell, type MenuItemConstructorOptions } from 'electron';
import { startInBackground } from '../background.ts';
import type { MainMessage } from '../../shared/protocol.ts';
import type { MenuAction, MenuGroup } from '../../shared/protocol/actions.ts';
import { recentFiles } from '../documents/recent.ts';
import { emptyWindow } from '../viewer/view-request.ts';
import { acceleratorOf, isSafeAccelerator } from './accelerator.ts';
import { requestFor } from './arguments.ts';
import { onPageActionsChange, pageActions } from './page-actions.ts';
import { forgetRecent, onRecentChange } from './recent.ts';
import { openWindow } from './windows.ts';

type Item = MenuItemConstructorOptions;

const website = 'https://www.npmjs.com/package/objgraph';
const line: Item = { type: 'separator' };
const openAction = 'window.open';

export function setUpMenu(): void {
  const setMenu = () =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, pageActions())));
  setMenu();
  onPageActionsChange(setMenu);
  onRecentChange(setMenu);
  // The page has the same list, and can clear it.
  app.on('browser-window-focus', setMenu);
}

/** @param groups what the page can do, as it listed it; nothing before there is one */
export function menuTemplate(platform: NodeJS.Platform, groups: readonly MenuGroup[] = []): Item[] {
  const isMac = platform === 'darwin';
  const usual: Item[] = [
    { role: 'fileMenu', label: '&File', submenu: fileMenu(isMac) },
    { role: 'editMenu', label: '&Edit', submenu: editMenu() },
    { role: 'viewMenu', label: '&View', submenu: viewMenu(isMac) },
    { label: '&Go', submenu: goMenu(isMac) },
  ];
  const help = helpMenu(isMac);
  const placed = new Set([...usual.flatMap(({ submenu }) => submenu as Item[]), ...help].map(({ id }) => id));
  const others = groups
    .map(({ title, actions }) => ({ title, actions: actions.filter(({ id }) => !placed.has(id)) }))
    .filter(({ actions }) => actions.length > 0);
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies Item] : []),
    ...usual,
    ...(others.length > 0
      ? [{ label: '&Actions', submenu: others.map((group) => groupMenu(group, isMac)) }]
      : []),
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: help },
  ];
}

const groupMenu = ({ title, actions }: MenuGroup, isMac: boolean): Item => ({
  label: title,
  submenu: actions.map((item) => listedAction(item, isMac)),
});

/** Its keys are the page's: they are shown only, but on macOS, where a key in the menu is the menu's. */
function listedAction({ id, title, keys }: MenuAction, isMac: boolean): Item {
  const accelerators = keys.flatMap((key) => acceleratorOf(key) ?? []);
  const [accelerator] = isMac ? accelerators.filter(isSafeAccelerator) : accelerators;
  const click = () => run(id);
  return { id, label: title.replaceAll('&', '&&'), accelerator, registerAccelerator: isMac, click };
}

const fileMenu = (isMac: boolean): Item[] => [
  { label: 'New Window', accelerator: 'CmdOrCtrl+N', click: () => void openWindow(emptyWindow) },
  action('Open…', openAction, 'CmdOrCtrl+O'),
  recentMenu(isMac),
  line,
  action('Reload', 'window.reload', 'CmdOrCtrl+R'),
  action('Export…', 'window.export', 'CmdOrCtrl+S'),
  action('Print…', 'window.print', 'CmdOrCtrl+P'),
  line,
  { role: 'close' },
  ...(isMac ? [] : [{ role: 'quit', accelerator: 'Ctrl+Q' } satisfies Item]),
];

const editMenu = (): Item[] => [
  { role: 'undo' },
  { role: 'redo' },
  line,
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
  line,
  action('Find…', 'window.find', 'CmdOrCtrl+F'),
];

const viewMenu = (isMac: boolean): Item[] => [
  action('Zoom In', 'look.zoomIn', 'CmdOrCtrl+Plus'),
  action('Zoom Out', 'look.zoomOut', 'CmdOrCtrl+-'),
  action('Actual Size', 'look.actualSize', 'CmdOrCtrl+0'),
  action('Fit to Window', 'look.fit', 'CmdOrCtrl+9'),
  line,
  { id: 'look.modernLook', label: 'Modern Look', click: () => run('look.modernLook') },
  action('Outline', 'window.outline', isMac ? 'Cmd+Alt+O' : 'Ctrl+Shift+O'),
  action('Toolbar', 'window.toolbar', isMac ? 'Cmd+Alt+T' : 'Ctrl+Shift+T'),
  line,
  { role: 'togglefullscreen' },
  ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies Item]),
];

const goMenu = (isMac: boolean): Item[] => [
  action('Back', 'look.back', isMac ? 'Cmd+[' : 'Alt+Left'),
  action('Forward', 'look.forward', isMac ? 'Cmd+]' : 'Alt+Right'),
];

const helpMenu = (isMac: boolean): Item[] => [
  action('Keyboard Shortcuts', 'window.help', 'CmdOrCtrl+/'),
  { label: 'objgraph on npm', click: () => startInBackground(shell.openExternal(website)) },
  ...(isMac ? [] : [line, { role: 'about' } satisfies Item]),
];

/** macOS keeps the list itself; elsewhere it is ours. */
function recentMenu(isMac: boolean): Item {
  if (isMac) return { role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] };
  const recent = recentFiles();
  const items = recent.map(({ path, name }): Item => ({
    label: name.replaceAll('&', '&&'),
    toolTip: path,
    click: () => void openWindow(requestFor(path)),
  }));
  const clear: Item = { label: 'Clear List', click: forgetRecent };
  return { label: 'Open Recent', enabled: recent.length > 0, submenu: [...items, line, clear] };
}

/** An action of the page by its id, where each system has it. */
function action(label: string, id: string, accelerator: string): Item {
  return { id, label, accelerator, click: () => run(id) };
}

function run(id: string): void {
  const window = BrowserWindow.getFocusedWindow();
  const message: MainMessage = { event: 'action.run', data: { id } };
  if (window) window.webContents.send('protocol', message);
  // On macOS the menu is there without a window, too.
  else if (id === openAction) openWindow(emptyWindow).webContents.ipc.once('protocol', () => run(id));
}
