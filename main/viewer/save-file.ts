// Files that the page asked for.
import type { SessionHost } from './session-host.ts';

/** Saves a file where the host can; otherwise it is the answer, in base64. */
export async function saved(
  host: SessionHost,
  name: string,
  data: Uint8Array,
): Promise<{ name: string; data: string | null }> {
  if (!host.saveFile)
    return { name, data: Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64') };
  await host.saveFile(name, data);
  return { name, data: null };
}
