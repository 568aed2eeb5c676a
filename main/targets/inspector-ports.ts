// At which ports an inspector may be: other servers are not asked whether they are one.

export const usualPort = 9229;
/** Node takes the next one for each child of `cluster`. */
export const usualPorts = Array.from({ length: 10 }, (_, i) => usualPort + i);

/** The ports in a command line, of `--inspect=PORT` and its kin and `--remote-debugging-port`; 0 means any. */
export function inspectorPortsIn(text: string): number[] {
  const flags = text.matchAll(
    /--(?:inspect(?:-port|-brk|-wait)?|debug-port|remote-debugging-port)[= \0](?:[^\s\0]*:)?(\d+)/g,
  );
  return [...flags].map(([, port]) => Number(port));
}

/** @param flags what `inspectorPortsIn` found */
export function isInspectorPort(port: number, flags: readonly number[]): boolean {
  return usualPorts.includes(port) || flags.includes(port) || flags.includes(0);
}
