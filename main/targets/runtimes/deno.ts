// Deno.
import type { Runtime } from './runtime.ts';

export const deno = {
  name: 'deno',
  program: /^deno$/i,
  // `deno run main.ts`.
  scriptArgs: ([, command, ...rest]) => (command === 'eval' || command === 'repl' ? null : rest),
  // Its user agent, which is not that of its exporter: `OTel-OTLP-Exporter-Deno/0.79.0`.
  versionMark: { text: 'Deno/' },
  sessionType: 'deno',
  opensOnSignal: false,
  isBrowser: false,
  hasWorkers: false,
  inspectorOption: '--inspect',
  description: `
  if (typeof Deno === 'object')
    return { runtime: 'deno', version: Deno.version.deno, pid: Deno.pid, script: text(Deno.mainModule) };`,
} satisfies Runtime;
