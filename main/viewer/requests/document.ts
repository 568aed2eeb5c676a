// Requests about the picture: what the window shows, and as a file.
import { engines, exportFormats, type DocumentRequests } from '../../../shared/protocol.ts';
import { openPath } from '../open-path.ts';
import type { Documents, SessionHost } from '../session.ts';
import { choiceIn, heard, numberIn, pathIn, textIn, wholeNumberIn, type Handlers } from './params.ts';

/** A larger text was not dropped by a person. */
export const largestText = 64 * 2 ** 20;

export function documentRequests(
  { document, heap }: Documents,
  host: SessionHost,
): Handlers<DocumentRequests> {
  return {
    'document.get': () => Promise.resolve(document.state),
    'document.reload': () => heard(document.reload()),
    'document.cancel': () => heard(document.cancel()),
    'document.engine': (params) => heard(document.setEngine(choiceIn(params, 'engine', engines))),
    'document.export': async (params) => {
      const format = choiceIn(params, 'format', exportFormats);
      const { name, data, notes } = await document.export(format, numberIn(params, 'scale', 1, 4));
      if (!host.saveFile) return { name, data: Buffer.from(data).toString('base64'), notes };
      await host.saveFile(name, data);
      return { name, data: null, notes };
    },
    'document.graph': (params) => {
      const graph = wholeNumberIn(params, 'graph');
      const { graphs } = document.state;
      if (graph >= graphs.length) throw new TypeError(`The file has ${graphs.length} graphs`);
      return heard(document.setGraph(graph));
    },
    'document.open': (params) => heard(openPath(pathIn(params), document, heap)),
    'document.openText': (params) =>
      heard(document.openText(textIn(params, 'name', 4096), textIn(params, 'text', largestText))),
    'document.choose': async () => {
      const path = await host.chooseFile();
      return path === null ? null : { path };
    },
    'link.open': async (params) => {
      await host.openLink(linkIn(params));
      return null;
    },
  };
}

/** Only what a browser may be trusted with: a picture from a stranger must not start programs or open files. */
function linkIn(params: unknown): string {
  const text = textIn(params, 'url', 8192);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new TypeError(`Only http and https links are opened, not ${JSON.stringify(text.slice(0, 80))}`);
}
