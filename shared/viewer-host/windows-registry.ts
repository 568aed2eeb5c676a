// Where Windows' installer put the app, when its user chose another folder: it writes that down in the registry.
import { findProgram, runProgramSync } from '../programs.ts';

/** As in build/desktop.config.mjs. */
export const windowsAppId = '6f3f6c5e-7c0b-5a58-9d1e-0c1d8f4a8b1e';

/** Per user before per machine, as Windows itself looks. */
const keys = ['HKCU', 'HKLM'].map((root) => `${root}\\Software\\${windowsAppId}`);
/** Milliseconds; it answers in twenty. */
const longest = 2000;

/** @returns the folders that the registry names, the user's own first */
export function installedFolders(env: NodeJS.ProcessEnv): string[] {
  const reg = findProgram('reg', env);
  if (reg === null) return [];
  return keys.flatMap((key) => {
    const { status, stdout } = runProgramSync(reg, ['query', key, '/v', 'InstallLocation'], {
      encoding: 'utf8',
      timeout: longest,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // Otherwise there is no such key.
    return status === 0 ? (parseInstallLocation(stdout) ?? []) : [];
  });
}

/** Reads the value in what `reg query` prints; null when it is not there. */
export function parseInstallLocation(output: string): string | null {
  const folder = /^\s+InstallLocation\s+REG_SZ\s+(.*?)\s*$/m.exec(output)?.[1] ?? '';
  return /^[a-z]:\\/i.test(folder) ? folder.replace(/\\+$/, '') : null;
}
