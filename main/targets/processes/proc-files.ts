// What the texts in Linux's /proc say of a process (https://man7.org/linux/man-pages/man5/proc.5.html).

/** USER_HZ, which is the same on all machines that Node runs on. */
const ticksPerSecond = 100;

/** Of `cmdline`: the command line, the program first. */
export const argumentsIn = (cmdline: string): string[] => cmdline.replace(/\0+$/, '').split('\0');

/** Of `stat`: for how many seconds the process has run. @param machineUptime in seconds, of `/proc/uptime` */
export function uptimeIn(stat: string, machineUptime: number): number {
  // The program's name is in parentheses and may contain any character.
  const startTime = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  return Math.max(0, machineUptime - startTime / ticksPerSecond);
}

/** Of `/proc/uptime`: seconds since the machine was started. */
export const machineUptimeIn = (uptime: string): number => Number(uptime.split(' ')[0]);

/** Of `status`: bytes of resident memory; null for a process that has none. */
export function residentBytesIn(status: string): number | null {
  const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
