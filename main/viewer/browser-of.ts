// The browser that shows a host's windows.
import type { ViewerHost } from '../../shared/viewer-host.ts';
import type { Browser } from './browser.ts';
import { Chromium } from './chromium.ts';
import type { HandedBrowser } from './chromium-process.ts';
import { DefaultBrowser } from './default-browser.ts';

/** @param handed a Chromium that a command has started for us */
export function browserOf(host: ViewerHost, handed: HandedBrowser | null = null): Browser {
  return host.kind === 'chromium' ? new Chromium(host, handed) : new DefaultBrowser(host.command);
}
