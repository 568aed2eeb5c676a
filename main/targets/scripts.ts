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
  await haveScriptsListed(channel);
  if (!mapsFromPage()) return { withMaps, ours };
  const post = (method: string, params?: object) => channel.post(method, params);
  return { withMaps: await withPageMaps(post, withMaps), ours };
}

/**
 * Has V8 list its scripts, for which it notes where their lines begin. V8 before version 12, as in Node 20, counts lines from the
 * beginning of the script for each function of a snapshot otherwise: two minutes for a script of 9 MB instead of a second.
 */
export async function haveScriptsListed(channel: Channel): Promise<void> {
  const listed = channel.post('Debugger.enable').then(() => channel.post('Debugger.disable'));
  // What does not list its scripts in time has none: a snapshot is worth more than names.
  await Promise.race([listed.catch(() => {}), sleep(listTime, null, { ref: false })]);
}

/** See `listScripts`. */
export const scriptsWithMaps = async (channel: Channel): Promise<ScriptRecord[]> =>
  (await listScripts(channel)).withMaps;
