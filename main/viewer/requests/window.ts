// Requests about windows and the files that they could show.
import { basename } from 'node:path';
import type { windowRequests as declared } from '../../../shared/protocol/window.ts';
import { clearRecent, recentFiles } from '../../documents/recent.ts';
import { writeTemporary } from '../../documents/temporary.ts';
import { readSettings, writeSettings } from '../../settings.ts';
import type { SessionHost } from '../session-host.ts';
import { emptyWindow, type ViewRequest } from '../view-request.ts';
import { acknowledge, type Handlers } from './params.ts';

export function windowRequests(host: SessionHost): Handlers<typeof declared> {
  return {
    'recent.list': () => Promise.resolve(recentFiles()),
    'recent.clear': () => acknowledge(clearRecent()),
    'window.open': ({ path }) => acknowledge(host.openWindow(windowOn(path))),
    'window.openText': ({ name, text }) => {
      const file = writeTemporary('given.dot', new TextEncoder().encode(text));
      return acknowledge(host.openWindow({ ...windowOn(file), title: name, temporary: true }));
    },
    'window.given': async ({ index }) => ({ path: (await host.pathOfGiven?.(index)) ?? null }),
    'window.close': () => acknowledge(host.closeWindow()),
    'window.actions': ({ groups }) => acknowledge(host.setActions?.(groups)),
    'settings.get': () => Promise.resolve(readSettings()),
    'settings.set': (settings) => acknowledge(writeSettings(settings)),
    'settings.layout': (settings) => acknowledge(writeSettings(settings)),
  };
}

const windowOn = (path: string): ViewRequest => ({ ...emptyWindow, path, title: basename(path) });
