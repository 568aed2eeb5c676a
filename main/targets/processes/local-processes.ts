// The processes of this machine that could be attached to, as its system lists them.
import { linuxProcesses } from './linux.ts';
import type { LocalProcess } from './local-process.ts';
import { macosProcesses } from './macos.ts';
import { windowsProcesses } from './windows.ts';

/** @throws the system's error when its program cannot be run. @param signal leaves out what is not known by then */
export function localProcesses(
  signal: AbortSignal,
  platform: NodeJS.Platform = process.platform,
): Promise<LocalProcess[]> {
  if (platform === 'linux') return linuxProcesses(signal);
  return platform === 'win32' ? windowsProcesses() : macosProcesses();
}
