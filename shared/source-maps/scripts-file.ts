// The source maps of a process's scripts, beside its snapshot: `a.scripts.json` belongs to `a.heapsnapshot`. It has the maps
// that are nowhere in a file, without the sources in them.
import { readFileSync, statSync } from 'node:fs';
import type { ScriptRecord } from './source-maps.ts';

const largest = 100e6;

/** `a.heapsnapshot` and `a.heapsnapshot.gz` have `a.scripts.json`. */
export function scriptsFileOf(snapshot: string): string {
  return `${snapshot.replace(/\.heap(?:snapshot|timeline)(?:\.gz)?$/, '')}.scripts.json`;
}

/** The text of the file; null where all maps can be found without it. */
export function scriptsText(records: readonly ScriptRecord[]): string | null {
  const inMemory = records.flatMap((record) => {
    const map = withoutSources(record.sourceMapUrl);
    return map === null ? [] : [{ ...record, sourceMapUrl: map }];
  });
  return inMemory.length === 0 ? null : JSON.stringify({ version: 1, scripts: inMemory });
}

/** An inline map without the author's files; null for an address, and for what is no map. */
function withoutSources(url: string): string | null {
  const match = /^data:application\/json[^,]*?(;base64)?,/.exec(url);
  if (!match) return null;
  const data = url.slice(match[0].length);
  try {
    const map: unknown = JSON.parse(
      match[1] ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data),
    );
    const text = JSON.stringify(map, (key, value: unknown) => (key === 'sourcesContent' ? undefined : value));
    return `data:application/json;base64,${Buffer.from(text).toString('base64')}`;
  } catch {
    return null;
  }
}

/** What the file beside a snapshot contains; nothing where there is no such file, or another one. */
export function readScriptsFile(snapshot: string): ScriptRecord[] {
  const file = scriptsFileOf(snapshot);
  try {
    const stats = statSync(file);
    if (!stats.isFile() || stats.size > largest) return [];
    const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts: unknown };
    return Array.isArray(scripts) ? scripts.filter(isRecord) : [];
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is ScriptRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { id, url, sourceMapUrl } = value as Record<keyof ScriptRecord, unknown>;
  return typeof id === 'number' && typeof url === 'string' && typeof sourceMapUrl === 'string';
}
