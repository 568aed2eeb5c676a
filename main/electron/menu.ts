// The menu: every action of the page, with the keys and in the places that each system is used to. The page does the work.
import { app, BrowserWindow, Menu, shell, type MenuItemConstructorOptions } from 'electron';
import { startInBackground } from '../background.ts';
import type { MenuAction } from '../../shared/protocol/actions.ts';
import { recentFiles } from '../documents/recent.ts';
import { emptyWindow } from '../viewer/view-request.ts';
import { requestFor } from './arguments.ts';
import { forgetRecent, onRecentChange } from './recent.ts';
import { openWindow } from './windows.ts';

type Item = MenuItemConstructorOptions;

const website = 'https://www.npmjs.com/package/objgraph';
const line: Item = { type: 'separator' };

export function setUpMenu(): void {
  const setMenu = () => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
  setMenu();
  onRecentChange(setMenu);
  // The page has the same list, and can clear it.
  app.on('browser-window-focus', setMenu);
}

export function menuTemplate(platform: NodeJS.Platform): Item[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies Item] : []),
    { role: 'fileMenu', label: '&File', submenu: fileMenu(isMac) },
    { role: 'editMenu', label: '&Edit', submenu: editMenu() },
    { role: 'viewMenu', label: '&View', submenu: viewMenu(isMac) },
    { label: '&Go', submenu: goMenu(isMac) },
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: helpMenu(isMac) },
  ];
}

const fileMenu = (isMac: boolean): Item[] => [
  { label: 'New Window', accelerator: 'CmdOrCtrl+N', click: () => void openWindow(emptyWindow) },
  action('Open…', 'open', 'CmdOrCtrl+O'),
  recentMenu(isMac),
  line,
  action('Reload', 'reload', 'CmdOrCtrl+R'),
  action('Export…', 'export', 'CmdOrCtrl+S'),
  action('Print…', 'print', 'CmdOrCtrl+P'),
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
  action('Find…', 'find', 'CmdOrCtrl+F'),
];

const viewMenu = (isMac: boolean): Item[] => [
  action('Zoom In', 'zoomIn', 'CmdOrCtrl+Plus'),
  action('Zoom Out', 'zoomOut', 'CmdOrCtrl+-'),
  action('Actual Size', 'actualSize', 'CmdOrCtrl+0'),
  action('Fit to Window', 'fit', 'CmdOrCtrl+9'),
  line,
  action('Outline', 'outline', isMac ? 'Cmd+Alt+O' : 'Ctrl+Shift+O'),
  action('Toolbar', 'toolbar', isMac ? 'Cmd+Alt+T' : 'Ctrl+Shift+T'),
  line,
  { role: 'togglefullscreen' },
  ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies Item]),
];

const goMenu = (isMac: boolean): Item[] => [
  action('Back', 'back', isMac ? 'Cmd+[' : 'Alt+Left'),
  action('Forward', 'forward', isMac ? 'Cmd+]' : 'Alt+Right'),
];

const helpMenu = (isMac: boolean): Item[] => [
  action('Keyboard Shortcuts', 'help', 'CmdOrCtrl+/'),
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

function action(label: string, name: MenuAction, accelerator: string): Item {
  return { label, accelerator, click: () => run(name) };
}

function run(name: MenuAction): void {
  const window = BrowserWindow.getFocusedWindow();
  if (window) window.webContents.send('protocol', { event: 'action.run', data: { name } });
  // On macOS the menu is there without a window, too.
  else if (name === 'open') openWindow(emptyWindow).webContents.ipc.once('protocol', () => run(name));
}
