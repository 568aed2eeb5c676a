// Node.
import { afterProgram, describedByProcess, type Runtime } from './runtime.ts';

export const node = {
  name: 'node',
  program: /^(node|nodejs)(\d*)$/i,
  scriptArgs: afterProgram,
  // What its inspector calls itself; every Node exports what native modules call. Debian's is a small program and a library.
  versionMark: { text: 'node.js/v', symbol: 'napi_module_register', library: /^libnode\.so[.\d]*$/ },
  sessionType: 'node',
  opensOnSignal: true,
  isBrowser: false,
  hasWorkers: true,
  description: describedByProcess('node', 'node'),
} satisfies Runtime;
