// Scripts of a page that name a source map, and those maps, fetched by the page's own browser with its cookies and from its
// own origin only.
import { asText, isFields } from '../targets/reply.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { ask, evaluateIn, listen, type CdpSession } from './cdp.ts';

const maxMaps = 40;
const maxBytes = 50e6;
const chunk = 1 << 20;

/** Scripts with their maps: those behind addresses come as `data:`, so that places can be looked up without a network. */
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
  const fetched: ScriptRecord[] = [];
  for (const record of records.slice(0, maxMaps)) {
    const address = mapAddress(record);
    if (address === null) fetched.push(record);
    else {
      const map = await fetchByPage(session, address).catch(() => null);
      if (map !== null)
        fetched.push({ ...record, sourceMapUrl: `data:application/json;base64,${map.toString('base64')}` });
    }
  }
  return fetched;
}

/** Null for maps that are inline, in a file, or of another origin than their script. */
function mapAddress({ url, sourceMapUrl }: ScriptRecord): string | null {
  if (sourceMapUrl.startsWith('data:') || !/^https?:/.test(url)) return null;
  try {
    const address = new URL(sourceMapUrl, url);
    return address.origin === new URL(url).origin ? address.href : null;
  } catch {
    // It is no address.
    return null;
  }
}

async function fetchByPage(session: CdpSession, url: string): Promise<Buffer | null> {
  if ((await evaluateIn(session, 'location.origin')) !== new URL(url).origin) return null;
  const { frameTree } = await ask(session, 'Page.getFrameTree').catch(() => ({ frameTree: null }));
  const frame = isFields(frameTree) && isFields(frameTree.frame) ? frameTree.frame.id : undefined;
  const { resource } = await ask(session, 'Network.loadNetworkResource', {
    ...{ ...(frame === undefined ? {} : { frameId: frame }), url },
    options: { disableCache: false, includeCredentials: true },
  });
  if (!isFields(resource) || resource.success !== true) return null;
  const handle = asText(resource.stream);
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for (let ended = false; !ended;) {
      const { data, base64Encoded, eof } = await ask(session, 'IO.read', { handle, size: chunk });
      const piece = Buffer.from(asText(data), base64Encoded === true ? 'base64' : 'utf8');
      if ((size += piece.length) > maxBytes) return null;
      pieces.push(piece);
      ended = eof === true;
    }
  } finally {
    await ask(session, 'IO.close', { handle }).catch(() => {});
  }
  return Buffer.concat(pieces);
}
