// What is remembered from one run to the next, of all windows and hosts of this user: small JSON files in the folder where the
// system wants such things (https://specifications.freedesktop.org/basedir-spec), readable by their user alone.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** Unchecked: another program may have written the file. Undefined when there is none. @throws when it is no JSON */
export function readState(name: string): unknown {
  let text: string;
  try {
    text = readFileSync(stateFile(name), 'utf8');
  } catch {
    return undefined;
  }
  return JSON.parse(text);
}

/** Written beside and renamed: several viewers may write at the same moment. @throws when the disk does not take it */
export function writeState(name: string, value: unknown): void {
  const file = stateFile(name);
  const beside = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(beside, JSON.stringify(value, null, 2), { mode: 0o600 });
  renameSync(beside, file);
}

export function removeState(name: string): void {
  rmSync(stateFile(name), { force: true });
}

export const stateFile = (name: string) => join(stateFolder(), 'objgraph', `${name}.json`);

function stateFolder(): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  // The specification has it that a relative path counts as none.
  return XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
}
