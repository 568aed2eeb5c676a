// Which scripts of a thread have source maps, as its inspector knows them: also maps that are in memory only (tsx, ts-node,
// bundlers that serve from memory).
import type { ScriptRecord } from '../source-maps/source-maps.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from './conversation.ts';

const listTime = 5000;

/** Nothing of the thread changes, but that V8 lists its scripts. An inspector that cannot do so has none. */
export async function scriptsWithMaps(channel: Channel): Promise<ScriptRecord[]> {
  const records: ScriptRecord[] = [];
  channel.on('Debugger.scriptParsed', ({ scriptId, url, sourceMapURL }) => {
    if (typeof url === 'string' && typeof sourceMapURL === 'string' && sourceMapURL !== '')
      records.push({ id: Number(scriptId), url, sourceMapUrl: sourceMapURL });
  });
  const listed = channel.post('Debugger.enable').then(() => channel.post('Debugger.disable'));
  // What does not list its scripts in time has none: a snapshot is worth more than names.
  await Promise.race([listed.catch(() => {}), sleep(listTime, null, { ref: false })]);
  return records;
}
