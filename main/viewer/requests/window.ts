// Requests about windows and the files that they could show.
import { basename } from 'node:path';
import type { WindowRequests } from '../../../shared/protocol.ts';
import { clearRecent, recentFiles } from '../../documents/recent.ts';
import { writeTemporary } from '../../documents/temporary.ts';
import { readSettings, writeSettings } from '../../settings.ts';
import type { SessionHost } from '../session.ts';
import { emptyWindow, type ViewRequest } from '../view-request.ts';
import { flagIn, acknowledge, pathIn, textIn, wholeNumberIn, type Handlers } from './params.ts';
import { largestText } from './document.ts';

export function windowRequests(host: SessionHost): Handlers<WindowRequests> {
  return {
    'recent.list': () => Promise.resolve(recentFiles()),
    'recent.clear': () => acknowledge(clearRecent()),
    'window.open': (params) => acknowledge(host.openWindow(windowOn(pathIn(params)))),
    'window.openText': (params) => {
      const name = textIn(params, 'name', 4096);
      const file = writeTemporary('given.dot', new TextEncoder().encode(textIn(params, 'text', largestText)));
      return acknowledge(host.openWindow({ ...windowOn(file), title: name, temporary: true }));
    },
    'window.given': async (params) => {
      const index = wholeNumberIn(params, 'index', 0, 1000);
      return { path: (await host.pathOfGiven?.(index)) ?? null };
    },
    'window.close': () => acknowledge(host.closeWindow()),
    'settings.get': () => Promise.resolve(readSettings()),
    'settings.set': (params) => acknowledge(writeSettings({ minimap: flagIn(params, 'minimap') })),
  };
}

const windowOn = (path: string): ViewRequest => ({ ...emptyWindow, path, title: basename(path) });
