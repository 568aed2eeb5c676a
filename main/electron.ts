// The desktop app, as the list of its features. `objgraph view` starts it, the desktop when a file is opened with it, or its
// user.
import { app } from 'electron';
import { readStart } from './electron/arguments.ts';
import { attendCommands } from './electron/commands.ts';
import { confineContents, denyPermissions } from './electron/confine.ts';
import { runInUtilityProcess } from './electron/limited-script.ts';
import { nameApp, onSecondStart, ownInstance } from './electron/instance.ts';
import { setUpMenu } from './electron/menu.ts';
import { openFilesOfFinder } from './electron/open-file.ts';
import { declareScheme, servePage } from './electron/page.ts';
import { runScriptsBy } from './export/limited-script.ts';
import { sweepTemporary } from './documents/temporary.ts';
import { notifyWindows, openWindows, quitWithLastWindow } from './electron/windows.ts';
import { keepWindowsThroughFaults } from './viewer/last-resort.ts';

const start = readStart();
nameApp();

if (!ownInstance(start.requests)) {
  // The first one has heard what was asked of us.
  app.quit();
} else {
  keepWindowsThroughFaults(notifyWindows);
  runScriptsBy(runInUtilityProcess);
  onSecondStart(openWindows);
  declareScheme();
  confineContents();
  quitWithLastWindow(start.byCommand);
  const ofFinder = openFilesOfFinder(openWindows);

  await app.whenReady();
  sweepTemporary();
  servePage();
  denyPermissions();
  setUpMenu();
  openWindows([...start.requests, ...ofFinder()]);
  await attendCommands(start.byCommand);
}
