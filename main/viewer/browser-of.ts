// The browser that shows a host's windows.
import type { ViewerHost } from '../../shared/viewer-host.ts';
import type { Browser } from './browser.ts';
import { Chromium } from './chromium.ts';
import { DefaultBrowser } from './default-browser.ts';

/** @param ended called when a browser of our own has ended by itself */
export function browserOf(host: ViewerHost, ended: () => void): Browser {
  return host.kind === 'chromium' ? new Chromium(host, ended) : new DefaultBrowser(host.command);
}
