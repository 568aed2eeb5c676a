// `objgraph python-helper`: where the module is that a Python program imports.
import { join } from 'node:path';
import { distFolder } from '../package.ts';
import { print } from '../terminal.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { UsageError } from './run.ts';

export const pythonHelper: Command = {
  help: `Usage: objgraph python-helper

Prints the path of objgraph_js.py, a module for CPython 3.9 to 3.14 that needs nothing but the standard library. It draws the
objects of the program that imports it, with the signatures of Python's objgraph:

  PYTHONPATH="$(dirname "$(objgraph python-helper)")" python3
  >>> import objgraph_js
  >>> objgraph_js.show_backrefs(session, filename='who.svg')

See docs/python.md.
`,

  run(args) {
    const { positionals } = readArguments(args, {});
    if (positionals.length > 0) throw new UsageError('it takes no arguments');
    print(join(distFolder, 'python', 'objgraph_js.py'));
    return Promise.resolve();
  },
};
