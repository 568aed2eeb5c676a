// The typed contract between renderer and main. Both hosts (Electron IPC, WebSocket on loopback) carry exactly this:
// the renderer sends requests and gets results; main sends events. Nothing else crosses the border.
// What there is to ask, and of which shape, is declared once: see protocol/declarations.ts.
import type * as v from 'valibot';
import type { ErrorMessage } from './errors.ts';
import type { events, requests } from './protocol/declarations.ts';
import type { Declared } from './protocol/schema.ts';

export { engines, type Engine } from './engines.ts';
export {
  easierWays,
  emptyDocument,
  exportFormats,
  type DocumentChange,
  type DocumentMessage,
  type DocumentState,
  type EasierWay,
  type ExportFormat,
} from './protocol/document.ts';
export type { Problem } from './protocol/problem.ts';
export type { RecentFile, Settings } from './protocol/window.ts';

/** What the renderer can ask for. */
export type Requests = Declared<typeof requests>;

/** What main reports without being asked. */
export type Events = { [E in keyof typeof events]: v.InferOutput<(typeof events)[E]> };

export type Method = keyof Requests;
export type EventName = keyof Events;

/** Renderer to main. `id` pairs a reply with its request. */
export interface RequestMessage<M extends Method = Method> {
  id: number;
  method: M;
  params: Requests[M]['params'];
}

/** Main to renderer: an answer, or an event. */
export type MainMessage =
  | { id: number; ok: true; result: unknown }
  | { id: number; ok: false; error: ErrorMessage }
  | { event: EventName; data: Events[EventName] };

/** What a host gives the page: Electron's preload exposes it as `window.objgraphHost`. */
export interface Host {
  send(message: RequestMessage): void;
  receive(listener: (message: MainMessage) => void): void;
  /** Where a file is that the page was given by the user's hand; empty when it is nowhere. */
  pathOf?(file: File): string;
}
