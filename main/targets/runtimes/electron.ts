// Electron: Node in the main process, and pages.
import { afterProgram, describedByProcess, describedByUserAgent, type Runtime } from './runtime.ts';

export const electron = {
  name: 'electron',
  program: /^electron$/i,
  // Chromium's resources lie beside every application.
  besideProgram: 'resources.pak',
  scriptArgs: afterProgram,
  sessionType: 'node',
  opensOnSignal: true,
  isBrowser: false,
  hasWorkers: true,
  description: describedByProcess('electron', 'electron') + describedByUserAgent('electron', 'Electron'),
} satisfies Runtime;
