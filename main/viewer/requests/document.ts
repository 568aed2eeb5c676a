// Requests about the picture: what the window shows, and as a file.
import type { ExportFormat } from '../../../shared/protocol.ts';
import type { documentRequests as declared } from '../../../shared/protocol/document.ts';
import type { PackedScene, SceneFrame } from '../../../shared/scene/packed-scene.ts';
import type { Box } from '../../../shared/scene/scene.ts';
import type { GraphDocument } from '../../documents/document.ts';
import { startInBackground } from '../../background.ts';
import { openInEditor } from '../../editor.ts';
import { actionOf, allowScheme } from '../links.ts';
import { writeSettings } from '../../settings.ts';
import { saved } from '../save-file.ts';
import type { SessionHost } from '../session-host.ts';
import { openPath, type Documents } from '../window-documents.ts';
import { acknowledge, type Handlers } from './params.ts';

export function documentRequests(
  documents: Documents,
  host: SessionHost,
  sendParts: (scene: PackedScene | null, revision: number) => SceneFrame | null,
): Handlers<typeof declared> {
  const { document } = documents;
  const { fail } = document;
  return {
    'document.get': () => {
      const { scene, ...state } = document.state;
      return Promise.resolve({ ...state, scene: sendParts(scene, state.revision) });
    },
    'document.reload': () => acknowledge(document.reload(), fail),
    'document.cancel': () => acknowledge(document.cancel()),
    'document.easier': ({ way }) => acknowledge(document.layOutEasier(way), fail),
    'document.engine': ({ engine }) => acknowledge(document.setEngine(engine), fail),
    'document.export': async ({ format, scale, part }) => {
      const { name, data, notes } = await exported(documents, host, format, scale, part);
      return { ...(await saved(host, name, data)), notes };
    },
    'document.text': async ({ format }) => ({
      text: Buffer.from((await document.export(format, 1)).data).toString(),
    }),
    'document.graph': ({ graph }) => {
      const { graphs } = document.state;
      if (graph >= graphs.length) throw new RangeError(`The file has ${graphs.length} graphs`);
      return acknowledge(document.setGraph(graph), fail);
    },
    'document.layer': ({ layer }) => acknowledge(document.setLayer(layer), fail),
    'document.modernLook': ({ on }) => {
      writeSettings({ modernLook: on });
      return acknowledge(document.setModernLook(on), fail);
    },
    'document.allowImages': ({ folder }) => acknowledge(document.allowImages(folder), fail),
    'document.open': ({ path }) => acknowledge(openPath(path, documents), fail),
    'document.openText': ({ name, text }) => acknowledge(document.openText(name, text), fail),
    'document.choose': async () => {
      const path = await host.chooseFile();
      return path === null ? null : { path };
    },
    'link.open': async ({ url, answer }) => {
      const { open, question, scheme } = actionOf(url, document.state.path);
      const result = { question: null, scheme: null, document: null };
      if (question !== null && answer === undefined) return { ...result, question, scheme };
      if (scheme !== null && answer === 'always') allowScheme(scheme);
      if (open.how === 'document') {
        startInBackground(openPath(open.path, documents), fail);
        return { ...result, document: open.path };
      }
      if (open.how === 'editor') await openInEditor(open.place, host.editor);
      else await host.openLink(open.url);
      return result;
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
