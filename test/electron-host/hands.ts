// What tests may do with a host that runs, through its socket, and what they may see.
import { app, record } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { handle } from './control.ts';
import { answer, questions } from './dialog.ts';
import { Menu } from './menu.ts';
import { requests } from './session.ts';
import { displays } from './system.ts';

handle({
  'second-instance': ({ argv, folder, data }: { argv: string[]; folder: string; data: unknown }) => {
    app.emit('second-instance', {}, argv, folder, data);
  },
  'open-file': (path: string) => {
    let prevented = false;
    app.emit('open-file', { preventDefault: () => (prevented = true) }, path);
    return prevented;
  },
  menu: () => Menu.current?.entries() ?? [],
  click: (path: string) => Menu.current!.click(path),
  answer,
  questions: () => questions,
  record: () => record,
  requests: () => requests,
  windows: () =>
    BrowserWindow.getAllWindows().map((window) => ({
      title: window.getTitle(),
      options: window.options,
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      shown: window.shown,
      file: window.representedFilename,
    })),
  setBounds: (bounds: { x: number; y: number; width: number; height: number }) =>
    BrowserWindow.getFocusedWindow()!.setBounds(bounds),
  maximize: () => BrowserWindow.getFocusedWindow()!.maximize(),
  displays: (areas: (typeof displays)[number]['workArea'][]) =>
    void displays.splice(0, displays.length, ...areas.map((workArea) => ({ workArea }))),
  crash: () => BrowserWindow.getFocusedWindow()!.webContents.forcefullyCrashRenderer(),
  emit: (event: 'unresponsive' | 'responsive') => void BrowserWindow.getFocusedWindow()!.emit(event),
});
