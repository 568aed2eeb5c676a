// Every kind of target in one list. A new kind is one file and one line here.
import { inspectorAddresses } from './inspector-address.ts';
import { nodeProcesses } from './node-process.ts';
import { pythonProcesses, PythonTarget } from './python/python-target.ts';
import { snapshotFiles } from './snapshot-file.ts';
import { standardInput } from './standard-input.ts';
import { LiveTarget } from './connection.ts';
import { TargetError, type Target, type TargetKind } from './target.ts';

/** The first that recognises a text opens it; what is nothing else is a file. */
const targetKinds: readonly TargetKind[] = [
  standardInput,
  pythonProcesses,
  nodeProcesses,
  inspectorAddresses,
  snapshotFiles,
];

/** The target that a word of the command line names. Nothing is looked at before it is read. */
export function findTarget(text: string): Target {
  return targetKinds.find((kind) => kind.recognise(text))!.open(text);
}

/** One that can be attached to. @throws TargetError for a file */
export function findLiveTarget(text: string): LiveTarget | PythonTarget {
  const target = findTarget(text);
  if (target instanceof LiveTarget || target instanceof PythonTarget) return target;
  throw new TargetError(`${text} is no process: name a process id, an inspector's HOST:PORT or ws://…`);
}
