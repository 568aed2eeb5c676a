// The desktop app, as the list of its features. `objgraph view` starts it with what to show (see viewer/launch.ts).
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { defaultSize, readViewRequest, type ViewRequest } from './viewer/view-request.ts';
import { declareScheme, openWindow, servePage } from './viewer/electron-host.ts';

const macMenu: MenuItemConstructorOptions[] = [
  { role: 'appMenu' },
  { role: 'editMenu' },
  { role: 'windowMenu' },
];
const wanted = requestFrom(process.argv);

// One process a user: a second start hands over what it was asked for, and ends.
if (!app.requestSingleInstanceLock({ request: wanted })) {
  app.quit();
} else {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    openWindow(readViewRequest((data as { request?: unknown }).request));
  });
  declareScheme();
  app.on('window-all-closed', () => app.quit());
  app.on('activate', openIfNone);
  void app.whenReady().then(() => {
    servePage();
    Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate(macMenu) : null);
    openWindow(wanted);
  });
}

/** The last argument, if it is a request; the app can be started without one. */
function requestFrom(argv: readonly string[]): ViewRequest {
  try {
    return readViewRequest(JSON.parse(argv.at(-1) ?? ''));
  } catch {
    return emptyWindow();
  }
}

function openIfNone(_event: unknown, hasVisibleWindows: boolean): void {
  if (!hasVisibleWindows) openWindow(emptyWindow());
}

function emptyWindow(): ViewRequest {
  const nothing = {
    path: null,
    title: 'objgraph',
    snapshots: [],
    engine: 'dot' as const,
    positioned: false,
    temporary: false,
  };
  return { ...nothing, attended: false, toolbar: true, ...defaultSize };
}
