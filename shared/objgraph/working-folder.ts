import { process } from './node-modules.ts';

/** The working folder, in which names of files are shortened; empty when it was removed, as under a program that is redeployed. */
export function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}
