// The stand-in for Electron's main modules, as far as the app uses them.
import './hands.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog } from './dialog.ts';
export { Menu } from './menu.ts';
export { protocol, session } from './session.ts';
export { screen, shell } from './system.ts';
export { utilityProcess } from './utility-process.ts';
