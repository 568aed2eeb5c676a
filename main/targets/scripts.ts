// Which scripts of a thread have source maps, as its inspector knows them: also maps that are in memory only (tsx, ts-node,
// bundlers that serve from memory).
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { mapsFromPage } from '../source-maps/settings.ts';
import { withPageMaps } from './page-maps.ts';
import { ownScript, type Channel } from './conversation.ts';

const listTime = 5000;

/** What an inspector lists. */
export interface ListedScripts {
  withMaps: ScriptRecord[];
  /** The numbers of what we ran in the target. */
  ours: Set<number>;
}

/** Nothing of the thread changes, but that V8 lists its scripts. An inspector that cannot do so has none. */
export async function listScripts(channel: Channel): Promise<ListedScripts> {
  const withMaps: ScriptRecord[] = [];
  const ours = new Set<number>();
  channel.on('Debugger.scriptParsed', ({ scriptId, url, sourceMapURL }) => {
    if (url === ownScript) ours.add(Number(scriptId));
    else if (typeof url === 'string' && typeof sourceMapURL === 'string' && sourceMapURL !== '')
      withMaps.push({ id: Number(scriptId), url, sourceMapUrl: sourceMapURL });
  });
  const listed = channel.post('Debugger.enable').then(() => channel.post('Debugger.disable'));
  // What does not list its scripts in time has none: a snapshot is worth more than names.
  await Promise.race([listed.catch(() => {}), sleep(listTime, null, { ref: false })]);
  if (!mapsFromPage()) return { withMaps, ours };
  const post = (method: string, params?: object) => channel.post(method, params);
  return { withMaps: await withPageMaps(post, withMaps), ours };
}

/** See `listScripts`. */
export const scriptsWithMaps = async (channel: Channel): Promise<ScriptRecord[]> =>
  (await listScripts(channel)).withMaps;
