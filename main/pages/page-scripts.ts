// Scripts of a page that name a source map, with the maps of its own origin.
import { withPageMaps } from '../targets/page-maps.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { ask, listen, type CdpSession } from './cdp.ts';

/** See `withPageMaps`. */
export async function scriptsOfPage(session: CdpSession): Promise<ScriptRecord[]> {
  const records: ScriptRecord[] = [];
  const stop = listen(session, 'Debugger.scriptParsed', ({ scriptId, url, sourceMapURL }) => {
    if (typeof url === 'string' && typeof sourceMapURL === 'string' && sourceMapURL !== '')
      records.push({ id: Number(scriptId), url, sourceMapUrl: sourceMapURL });
  });
  try {
    await ask(session, 'Debugger.enable');
    await ask(session, 'Debugger.disable');
  } catch {
    return [];
  } finally {
    stop();
  }
  return withPageMaps((method, params) => ask(session, method, params), records);
}
