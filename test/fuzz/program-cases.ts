// What strangers choose about a process: its command line, the file of its program, the package.json of its folder. Whatever
// stands there, reading it comes to a value. The file is a small program of this system with Node's marker at its end, spoiled.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectorPortsIn } from '../../main/targets/inspector-ports.ts';
import { hasPermissionModel } from '../../main/targets/process-flags.ts';
import { isPartOfAnother, runtimeOf, scriptOf, titleOf } from '../../main/targets/processes/command-line.ts';
import { readLsof, readPs } from '../../main/targets/processes/macos.ts';
import { packageNameOf } from '../../main/targets/processes/package-name.ts';
import { versionInProgram } from '../../main/targets/program-file.ts';
import { printable } from '../../shared/printable.ts';
import { files, runCases } from './cases.ts';
import { mutate, type Random } from './mutations.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-fuzz-programs-'));
const program = Buffer.concat([readFileSync(files[0]), Buffer.from('\0node.js/v24.1.0\0')]);
const never = new AbortController().signal;
const words =
  'node /usr/bin/node deno run -e --eval -r -- --inspect=0 --inspect=[::1]:99999999 --type=renderer --permission - . / \\ C:\\a\\b.js \u001b[2J \u202e \n \0 --title=x -C'.split(
    ' ',
  );

async function ofProgram(random: Random): Promise<boolean> {
  const path = join(folder, 'program');
  // Its headers are what is read of it.
  const bytes =
    random(2) === 0
      ? mutate(program, random)
      : Buffer.concat([mutate(program.subarray(0, 64), random), program.subarray(64)]);
  writeFileSync(path, bytes);
  const version = await versionInProgram('node', { pid: 1, program: path }, never, 'darwin');
  if (version !== null && !/^[\w.-]{1,60}$/.test(version)) throw new Error(`A version of ${version}`);
  return version !== null;
}

async function ofPackage(random: Random): Promise<boolean> {
  writeFileSync(
    join(folder, 'package.json'),
    mutate(Buffer.from('{"name": "shop", "version": "1.0.0"}'), random),
  );
  return (await packageNameOf(null, folder)) !== null;
}

function ofCommandLine(random: Random): boolean {
  const args = Array.from({ length: 1 + random(6) }, () => words[random(words.length)]);
  const name = runtimeOf(args[0]);
  for (const runtime of ['node', 'deno', 'electron', 'chromium'] as const) {
    scriptOf(runtime, args);
    if (/[\u0000-\u001f\u202e]/.test(printable(titleOf(runtime, args, args[0]))))
      throw new Error('It moves the cursor');
  }
  isPartOfAnother(args);
  inspectorPortsIn(args.join('\0'));
  return name !== null || hasPermissionModel(args);
}

const lsof = Buffer.from(
  'p7\nfcwd\nn/a\nf3\nn127.0.0.1:9229\nTST=LISTEN\nf4\nn127.0.0.1:9229->127.0.0.1:5\nTST=ESTABLISHED\n',
);
const ps = Buffer.from('    7 ada 1000 01-02:03:04 /usr/bin/node\n');

function ofMacos(random: Random): boolean {
  readLsof(Buffer.from(mutate(lsof, random)).toString());
  return readPs(Buffer.from(mutate(ps, random)).toString(), '7 node a.js\n', 'ada').length > 0;
}

const kinds = [ofProgram, ofPackage, ofCommandLine, ofMacos];
await runCases((random) => kinds[random(kinds.length)](random));
