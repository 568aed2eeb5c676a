// One window's side of the protocol: checks what the page sends, asks the document, tells the page what changed.
import {
  engines,
  exportFormats,
  type Engine,
  type ExportFormat,
  type MainMessage,
  type Method,
  type Requests,
} from '../../shared/protocol.ts';
import type { GraphDocument } from '../documents/document.ts';

/** What a host does for a window. */
export interface SessionHost {
  send(message: MainMessage): void;
  /** Opens an address that was checked, outside of the viewer. */
  openLink(url: string): Promise<void>;
  /** Asks for a file; null where there is no dialog, or it was cancelled. */
  chooseFile(): Promise<string | null>;
  /** Asks where to save a file, and saves it; where there is no dialog, the page does it. */
  saveFile?(name: string, data: Uint8Array): Promise<void>;
  closeWindow(): void;
}

/** The page broke the protocol: its host closes the connection. */
export class ProtocolError extends Error {}

/** A larger text was not dropped by a person. */
const largestText = 64 * 2 ** 20;

type Handlers = { [M in Method]: (params: unknown) => Promise<Requests[M]['result']> };

export class Session {
  readonly #document: GraphDocument;
  readonly #host: SessionHost;
  readonly #handlers: Handlers;
  /** The picture that the page has. */
  #revision = 0;
  readonly #tell = () => {
    const { scene, ...change } = this.#document.state;
    const known = change.revision === this.#revision;
    this.#revision = change.revision;
    this.#host.send({ event: 'document.changed', data: known ? change : { ...change, scene } });
  };

  constructor(document: GraphDocument, host: SessionHost) {
    this.#document = document;
    this.#host = host;
    this.#handlers = handlersOf(document, host);
    document.on('changed', this.#tell);
  }

  /**
   * Answers one message of the page.
   * @throws ProtocolError when it is no request at all
   */
  async receive(message: unknown): Promise<void> {
    const { id, method, params } = readRequest(message);
    try {
      const handler = Object.hasOwn(this.#handlers, method) ? this.#handlers[method as Method] : null;
      if (!handler) throw new TypeError(`There is no request ${JSON.stringify(method.slice(0, 40))}`);
      this.#host.send({ id, ok: true, result: await handler(params) });
    } catch (error) {
      this.#host.send({ id, ok: false, error: error instanceof Error ? error.message : String(error) });
    }
  }

  dispose(): void {
    this.#document.off('changed', this.#tell);
    this.#document.close();
  }
}

/** What was opened or reloaded is told by events; the answers only say that the request was heard. */
function handlersOf(document: GraphDocument, host: SessionHost): Handlers {
  return {
    'document.get': () => Promise.resolve(document.state),
    'document.reload': () => heard(document.reload()),
    'document.cancel': () => heard(document.cancel()),
    'document.engine': (params) => heard(document.setEngine(engineIn(params))),
    'document.export': async (params) => {
      const { name, data, notes } = await document.export(formatIn(params), scaleIn(params));
      if (!host.saveFile) return { name, data: Buffer.from(data).toString('base64'), notes };
      await host.saveFile(name, data);
      return { name, data: null, notes };
    },
    'document.graph': (params) => heard(document.setGraph(graphIn(params, document))),
    'document.open': (params) => heard(document.openFile(textIn(params, 'path', 4096))),
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
    'window.close': () => heard(host.closeWindow()),
  };
}

function heard(_work: Promise<void> | void): Promise<null> {
  return Promise.resolve(null);
}

function readRequest(message: unknown): { id: number; method: string; params: unknown } {
  if (typeof message !== 'object' || message === null) throw new ProtocolError('A message is an object');
  const { id, method, params } = message as Record<string, unknown>;
  if (!Number.isSafeInteger(id)) throw new ProtocolError('A request has a whole number as its id');
  if (typeof method !== 'string') throw new ProtocolError('A request has a method');
  return { id: id as number, method, params };
}

function textIn(params: unknown, name: string, longest: number): string {
  const value = (params as Record<string, unknown> | null | undefined)?.[name];
  if (typeof value !== 'string') throw new TypeError(`The request needs ${name}, a text`);
  if (value.length > longest) throw new RangeError(`${name} is longer than ${longest} characters`);
  if (name === 'path' && value === '') throw new TypeError('The path is empty');
  return value;
}

function graphIn(params: unknown, { state }: GraphDocument): number {
  const graph = (params as { graph?: unknown } | null | undefined)?.graph;
  if (Number.isInteger(graph) && Object.hasOwn(state.graphs, graph as number)) return graph as number;
  throw new TypeError(`The file has ${state.graphs.length} graphs`);
}

function formatIn(params: unknown): ExportFormat {
  const format = textIn(params, 'format', 40);
  if (exportFormats.includes(format as ExportFormat)) return format as ExportFormat;
  throw new TypeError(`The formats are ${exportFormats.join(', ')}`);
}

function scaleIn(params: unknown): number {
  const scale = (params as { scale?: unknown } | null | undefined)?.scale;
  if (typeof scale === 'number' && scale >= 1 && scale <= 4) return scale;
  throw new TypeError('The scale is a number from 1 to 4');
}

function engineIn(params: unknown): Engine {
  const engine = textIn(params, 'engine', 40);
  if (!engines.includes(engine as Engine)) throw new TypeError(`The engines are ${engines.join(', ')}`);
  return engine as Engine;
}

/** Only what a browser may be trusted with: a picture from a stranger must not start programs or open files. */
function linkIn(params: unknown): string {
  const text = textIn(params, 'url', 8192);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new TypeError(`Only http and https links are opened, not ${JSON.stringify(text.slice(0, 80))}`);
}
