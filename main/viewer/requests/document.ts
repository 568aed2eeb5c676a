// Requests about the picture: what the window shows, and as a file.
import {
  easierWays,
  engines,
  exportFormats,
  type DocumentRequests,
  type ExportFormat,
} from '../../../shared/protocol.ts';
import type { PackedScene, SceneFrame } from '../../../shared/scene/packed-scene.ts';
import type { Box } from '../../../shared/scene/scene.ts';
import type { GraphDocument } from '../../documents/document.ts';
import { saved } from '../save-file.ts';
import type { SessionHost } from '../session.ts';
import { openPath, type Documents } from '../window-documents.ts';
import {
  choiceIn,
  acknowledge,
  numberIn,
  pathIn,
  textIn,
  valueIn,
  wholeNumberIn,
  type Handlers,
} from './params.ts';

/** A larger text was not dropped by a person. */
export const largestText = 64 * 2 ** 20;

export function documentRequests(
  documents: Documents,
  host: SessionHost,
  sendParts: (scene: PackedScene | null) => SceneFrame | null,
): Handlers<DocumentRequests> {
  const { document } = documents;
  return {
    'document.get': () => Promise.resolve({ ...document.state, scene: sendParts(document.state.scene) }),
    'document.reload': () => acknowledge(document.reload(), document.fail),
    'document.cancel': () => acknowledge(document.cancel(), document.fail),
    'document.easier': (params) =>
      acknowledge(document.layOutEasier(choiceIn(params, 'way', easierWays)), document.fail),
    'document.engine': (params) =>
      acknowledge(document.setEngine(choiceIn(params, 'engine', engines)), document.fail),
    'document.export': async (params) => {
      const format = choiceIn(params, 'format', exportFormats);
      const scale = numberIn(params, 'scale', 1, 4);
      const { name, data, notes } = await exported(documents, host, format, scale, partIn(params));
      return { ...(await saved(host, name, data)), notes };
    },
    'document.text': async (params) => {
      const format = choiceIn(params, 'format', ['svg', 'dot'] as const);
      return { text: Buffer.from((await document.export(format, 1)).data).toString() };
    },
    'document.graph': (params) => {
      const graph = wholeNumberIn(params, 'graph');
      const { graphs } = document.state;
      if (graph >= graphs.length) throw new TypeError(`The file has ${graphs.length} graphs`);
      return acknowledge(document.setGraph(graph), document.fail);
    },
    'document.open': (params) => acknowledge(openPath(pathIn(params), documents), document.fail),
    'document.openText': (params) =>
      acknowledge(
        document.openText(textIn(params, 'name', 4096), textIn(params, 'text', largestText)),
        document.fail,
      ),
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

/** As a file. A host that prints a picture itself needs no browser for it. */
async function exported(
  { document }: Documents,
  { printPdf }: SessionHost,
  format: ExportFormat,
  scale: number,
  part?: Box,
): ReturnType<GraphDocument['export']> {
  if (format !== 'pdf' || !printPdf) return document.export(format, scale, part);
  const { name, data, notes } = await document.export('svg', scale, part);
  return { name: name.replace(/svg$/, 'pdf'), data: await printPdf(new TextDecoder().decode(data)), notes };
}

function partIn(params: unknown): Box | undefined {
  const part = valueIn(params, 'part');
  if (part === undefined) return undefined;
  if (Array.isArray(part) && part.length === 4 && part.every(Number.isFinite)) return part as Box;
  throw new TypeError('part is a box of four numbers');
}

/** Only what a browser may be trusted with: a picture from a stranger must not start programs or open files. */
function linkIn(params: unknown): string {
  const text = textIn(params, 'url', 8192);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new TypeError(`Only http and https links are opened, not ${JSON.stringify(text.slice(0, 80))}`);
}
