// The source maps of a page's scripts, fetched by the page's own browser with its cookies, and from the page's own origin only.
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { isFields, type Fields } from './reply.ts';

const maxMaps = 40;
const maxBytes = 50e6;

/** Sends a request of the DevTools protocol to the page. */
type Post = (method: string, params?: object) => Promise<Fields>;

/**
 * Scripts with their maps: those of the page's origin come as `data:`, so that places are looked up without a network; those of
 * other origins are left out.
 */
export async function withPageMaps(post: Post, records: readonly ScriptRecord[]): Promise<ScriptRecord[]> {
  const found: ScriptRecord[] = [];
  let asked = 0;
  for (const record of records) {
    const address = mapAddress(record);
    if (address === null) found.push(record);
    else if (asked++ < maxMaps) {
      const map = await fetchByPage(post, address).catch(() => null);
      if (map !== null)
        found.push({ ...record, sourceMapUrl: `data:application/json;base64,${map.toString('base64')}` });
    }
  }
  return found;
}

/** Null for maps that are inline or in a file. */
function mapAddress({ url, sourceMapUrl }: ScriptRecord): URL | null {
  if (sourceMapUrl.startsWith('data:') || !/^https?:/.test(url)) return null;
  try {
    return new URL(sourceMapUrl, url);
  } catch {
    // It is no address.
    return null;
  }
}

/** @returns null for another origin than the page's, what cannot be fetched, and what is too large */
async function fetchByPage(post: Post, url: URL): Promise<Buffer | null> {
  const contextId = await ownWorld(post).catch(() => null);
  const context = contextId === null ? {} : { contextId };
  const origin = await post('Runtime.evaluate', {
    ...{ expression: 'location.origin', returnByValue: true, ...context },
  });
  if (!isFields(origin.result) || origin.result.value !== url.origin) return null;
  const { result } = await post('Runtime.evaluate', {
    ...{ expression: `(${fetchText})(${JSON.stringify(url.href)}, ${maxBytes})`, ...context },
    ...{ awaitPromise: true, returnByValue: true },
  });
  return isFields(result) && typeof result.value === 'string' ? Buffer.from(result.value) : null;
}

/** A context in which `fetch` is the browser's, whatever the page did to its own. A worker has none. */
async function ownWorld(post: Post): Promise<number | null> {
  const { frameTree } = await post('Page.getFrameTree');
  const frame = isFields(frameTree) && isFields(frameTree.frame) ? frameTree.frame.id : undefined;
  if (frame === undefined) return null;
  const { executionContextId } = await post('Page.createIsolatedWorld', {
    ...{ frameId: frame, worldName: 'objgraph' },
  });
  return typeof executionContextId === 'number' ? executionContextId : null;
}

/** Run in the page. A redirection may lead to another origin: none is followed. */
const fetchText = `async (url, maxBytes) => {
  const response = await fetch(url, { redirect: 'error', credentials: 'same-origin' });
  if (!response.ok) return null;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let piece; !(piece = await reader.read()).done; ) {
    if ((size += piece.value.length) > maxBytes) return void reader.cancel();
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}`;
