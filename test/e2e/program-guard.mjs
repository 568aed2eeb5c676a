// Brought into the processes of our commands and viewers by NODE_OPTIONS: lets them start only the programs of a list, which is
// that of shared/programs.ts, and writes down what they started. A program that is not on it is refused with an error, and
// fails the test at its end (desktop.ts). All of node:child_process goes through the functions that are wrapped here.
import childProcess from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, isAbsolute, resolve, sep } from 'node:path';

const { log, dist, programs } = JSON.parse(process.env.OBJGRAPH_TEST_PROGRAMS ?? 'null') ?? {};
const nodeOptions = process.env.NODE_OPTIONS ?? '';
const entry = process.argv[1] ?? '';
const isOurs = entry.startsWith(dist + sep) || entry.endsWith('/test/electron-host/electron.mjs');

if (log) {
  const { spawn } = childProcess.ChildProcess.prototype;
  childProcess.ChildProcess.prototype.spawn = function (options) {
    if (isOurs) check(options.file, options.args?.slice(1) ?? [], options.cwd);
    return spawn.call(this, { ...options, envPairs: stillGuarded(options) });
  };
}

if (log && isOurs) {
  write('guarded');
  const { spawnSync } = childProcess;
  childProcess.spawnSync = (file, ...rest) => {
    check(file, Array.isArray(rest[0]) ? rest[0] : [], rest.at(-1)?.cwd);
    return spawnSync(file, ...rest);
  };
  // They go by a shell, or past the function above.
  for (const name of ['execFileSync', 'execSync'])
    childProcess[name] = (file) => {
      refuse(String(file), []);
    };
  syncBuiltinESMExports();
}

/** The library, and those who draw pictures, start our programs without the NODE_OPTIONS of theirs. */
function stillGuarded({ file, args = [], envPairs = [], cwd }) {
  if (file !== process.execPath || !isOwnScript(args.slice(1), cwd)) return envPairs;
  return envPairs.map((pair) => (pair === 'NODE_OPTIONS=' ? `NODE_OPTIONS=${nodeOptions}` : pair));
}

function check(file, args, cwd) {
  // The stand-in for Electron does in our process what Electron does in its own.
  if (isOfTestHost()) return;
  const isListed = file === process.execPath ? isOwnScript(args, cwd) : isOnList(file);
  if (!isListed) refuse(file, args);
  write('started', file, args);
}

/** Our own Node: with a program of ours alone. */
function isOwnScript(args, cwd) {
  // Other options may bring code of their own: --import, --require, --eval.
  const script = args.find((argument) => !argument.startsWith('--inspect-port='));
  return script !== undefined && resolve(String(cwd ?? '.'), script).startsWith(dist + sep);
}

const isOnList = (file) => isAbsolute(file) && programs.includes(basename(file));

function isOfTestHost() {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return /\/test\/electron-host\/|\/node_modules\/playwright-core\//.test(stack);
}

function refuse(file, args) {
  write('refused', file, args);
  throw new Error(`the tests' list of programs does not have ${file}`);
}

function write(what, file, args) {
  appendFileSync(log, `${JSON.stringify({ what, file, args, by: basename(entry), pid: process.pid })}\n`);
}
