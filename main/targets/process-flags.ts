// The options with which a Node process was started: of its command line, and of NODE_OPTIONS.
import { readFile } from 'node:fs/promises';

/** In the order in which Node reads them; empty where the system does not say. */
export async function nodeFlags(pid: number): Promise<string[]> {
  const [command, environment] = await Promise.all(
    ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')),
  );
  const prefix = 'NODE_OPTIONS=';
  // Other variables may have flags of other programs.
  const options = environment.split('\0').findLast((variable) => variable.startsWith(prefix)) ?? prefix;
  return [...options.slice(prefix.length).split(/\s+/), ...command.split('\0').slice(1)].filter(Boolean);
}

/** Whether Node's permission model is on. Flags behind the script are the script's own. */
export function hasPermissionModel(flags: readonly string[]): boolean {
  const script = flags.findIndex((flag) => !flag.startsWith('-'));
  return flags
    .slice(0, script < 0 ? undefined : script)
    .some((flag) => /^--(experimental-)?permission$/.test(flag));
}
