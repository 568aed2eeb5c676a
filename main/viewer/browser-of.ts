// The browser that shows a host's windows.
import type { ViewerHost } from '../../shared/viewer-host.ts';
import type { Browser } from './browser.ts';
import { Chromium } from './chromium.ts';
import { DefaultBrowser } from './default-browser.ts';

export function browserOf(host: ViewerHost): Browser {
  return host.kind === 'chromium' ? new Chromium(host) : new DefaultBrowser(host.command);
}
