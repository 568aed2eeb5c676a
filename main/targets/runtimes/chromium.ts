// Chromium and the browsers that are made of it.
import { describedByUserAgent, type Runtime } from './runtime.ts';

export const chromium = {
  name: 'chromium',
  program: /^(chrom(e|ium)([ -].*)?|google[ -]chrome.*|msedge|microsoft edge|brave([ -]browser)?)$/i,
  scriptArgs: () => null,
  opensOnSignal: false,
  isBrowser: true,
  hasWorkers: false,
  inspectorOption: '--remote-debugging-port=9222',
  description: describedByUserAgent('chromium', 'Chrome'),
} satisfies Runtime;
