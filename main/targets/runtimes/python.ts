// CPython. It has no inspector: a debugger has it write its heap (see main/targets/python).
import type { Runtime } from './runtime.ts';

/** Options that take a value of their own: `python -W error app.py`. */
const withValue = /^-(W|X|-check-hash-based-pycs)$/;

/** Programs in which Python is embedded (uwsgi, gdb) have options of their own. */
const interpreter = /(?:^|[\\/])python[\d.]*[td]?(?:\.exe)?$/i;

/** The arguments from the script, `-m` or `-c` on. */
function fromProgram(args: readonly string[]): readonly string[] {
  if (!interpreter.test(args[0])) return [];
  let at = 1;
  while (at < args.length && args[at].startsWith('-') && !/^-\w*[mc]/.test(args[at]))
    at += withValue.test(args[at]) ? 2 : 1;
  return args.slice(at);
}

export const python = {
  name: 'python',
  program: /^python(\d(\.\d+)?)?(t|d)?$/i,
  scriptArgs(args) {
    const [script] = fromProgram(args);
    return script === undefined || script.startsWith('-') ? null : [script];
  },
  title(args) {
    const [option, value] = fromProgram(args);
    // `python -m http.server`, whatever follows; code is too long for a title.
    if (option === undefined || !option.startsWith('-')) return null;
    return option.endsWith('m') ? `python -m ${value ?? ''}`.trim() : 'python -c';
  },
  opensOnSignal: false,
  isBrowser: false,
  hasWorkers: false,
} satisfies Runtime;
