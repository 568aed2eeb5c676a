// What processes take of memory.
import { readFileSync } from 'node:fs';

/** Bytes of all of them, what several processes share divided among them (Linux's PSS). */
export const memoryOf = (pids) =>
  pids.reduce((sum, pid) => {
    try {
      return sum + 1024 * Number(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      // It has ended meanwhile.
      return sum;
    }
  }, 0);

/** The viewer's process with its threads, and the browser with all of its. */
export function memoryByRole(pids) {
  const roles = { viewer: [], browser: [] };
  for (const pid of pids) {
    const [program = '', ...args] = commandLine(pid);
    if (args[0]?.endsWith('/viewer.js')) roles.viewer.push(pid);
    else if (program.includes('chrom')) roles.browser.push(pid);
  }
  return { viewer: memoryOf(roles.viewer), browser: memoryOf(roles.browser) };
}

function commandLine(pid) {
  try {
    // Chromium's children have blanks between their arguments.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
  } catch {
    return [];
  }
}
