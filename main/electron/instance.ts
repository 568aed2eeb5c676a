// One process a user: a second start hands over what it was asked for, and ends.
import { app } from 'electron';
import { join } from 'node:path';
import { readViewRequest } from '../viewer/read-view-request.ts';
import type { ViewRequest } from '../viewer/view-request.ts';

/** Apps that are started from a file are all called Electron, and would share settings, and the lock below. */
export function nameApp(): void {
  app.setName('objgraph');
  if (!app.commandLine.hasSwitch('user-data-dir'))
    app.setPath('userData', join(app.getPath('appData'), 'objgraph'));
}

/** False when another process has shown, or will show, these windows. */
export function ownInstance(requests: ViewRequest[]): boolean {
  return app.requestSingleInstanceLock({ requests });
}

/** What the second start asked for comes as its data: Chromium adds to arguments, and sorts them. */
export function onSecondStart(open: (requests: ViewRequest[]) => void): void {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { requests } = (data ?? {}) as { requests?: unknown };
    if (Array.isArray(requests)) open(requests.map(readViewRequest));
  });
}
