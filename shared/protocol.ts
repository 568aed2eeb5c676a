// The typed contract between renderer and main. Both hosts (Electron IPC, WebSocket on loopback) carry exactly this:
// the renderer sends requests and gets results; main sends events. Nothing else crosses the border.
import type { ActionEvents } from './protocol/actions.ts';
import type { BookmarkRequests } from './protocol/bookmarks.ts';
import type { HeapEvents, HeapRequests } from './protocol/heap.ts';
import { nothingHidden, type ExplorationState, type PictureRequests } from './protocol/picture.ts';
import type { TargetEvents, TargetRequests } from './protocol/targets.ts';
import type { PackedScene, SceneFrame, ScenePart } from './scene/packed-scene.ts';
import type { Box, Scene } from './scene/scene.ts';

/** Graphviz's layout programs. */
export const engines = ['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo', 'osage', 'patchwork'] as const;
export type Engine = (typeof engines)[number];

/** What a picture can be exported as; `pdf` needs the desktop app, a browser of Chromium's family or a Graphviz of the system; `gif` the latter. */
export const exportFormats = ['svg', 'png', 'dot', 'json', 'xdot', 'pdf', 'gif', 'ps'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A problem with a document, in words for its user; `line` counts from 1, `source` is that line of the file. */
export interface Problem {
  message: string;
  file?: string;
  line?: number;
  source?: string;
  /** An easier layout may succeed. */
  tooHard?: true;
}

/** Ways to a picture of a graph that takes too long; another engine is one too. */
export const easierWays = ['settings', 'system', 'roots', 'fewer'] as const;
export type EasierWay = (typeof easierWays)[number];

/** What one window shows. `scene` is the last good picture: it stays while `problem` is told. */
export interface DocumentState<S extends Scene | PackedScene | SceneFrame = Scene> {
  title: string;
  path: string | null;
  engine: Engine;
  /** Why there may be no picture yet: nothing opened, a layout is running since `busySince` (ms since the epoch). */
  busySince: number | null;
  /** The names of the graphs in the file, and which of them is shown. */
  graphs: string[];
  graph: number;
  scene: S | null;
  /** Counts pictures: a new number means that `scene` is another one. */
  revision: number;
  /** Whether `heap.grow` adds to the picture: it is of a heap. */
  grows?: boolean;
  problem: Problem | null;
  warnings: string[];
  /** There is a Graphviz on this system, which may lay out in place of ours. */
  systemDot: boolean;
  exploration: ExplorationState;
}

/** Before anything is opened. */
export const emptyDocument: DocumentState<never> = {
  title: 'objgraph',
  path: null,
  engine: 'dot',
  busySince: null,
  graphs: [],
  graph: 0,
  scene: null,
  revision: 0,
  problem: null,
  warnings: [],
  systemDot: false,
  exploration: nothingHidden,
};

/** It as main tells it: the nodes and edges of the scene have come before, as `scene.part`. */
export type DocumentTold = DocumentState<SceneFrame>;

/** A change of it. Scenes are large: one comes only when the picture is another one, and without it the last one stays. */
export type DocumentChange = Omit<DocumentTold, 'scene'> & Partial<Pick<DocumentTold, 'scene'>>;

/** What the renderer can ask for. */
export interface Requests
  extends DocumentRequests, PictureRequests, BookmarkRequests, WindowRequests, HeapRequests, TargetRequests {}

/** What it can ask of the picture. */
export interface DocumentRequests {
  /** The renderer is up: give it its document. */
  'document.get': { params: null; result: DocumentTold };
  'document.reload': { params: null; result: null };
  /** Stop the layout that is running. */
  'document.cancel': { params: null; result: null };
  /** Lay it out with faster settings, by the system's Graphviz, or only its best connected nodes. */
  'document.easier': { params: { way: EasierWay }; result: null };
  'document.engine': { params: { engine: Engine }; result: null };
  /**
   * The picture as a file; `scale` enlarges a png, 1 to 4; `part` of the scene is possible for what is made of SVG: svg, png
   * and pdf. Where the host has a dialog it saves the file itself: then
   * `data` is null. Otherwise it is the file in base64. `notes` are for the user.
   */
  'document.export': {
    params: { format: ExportFormat; scale: number; part?: Box };
    result: { name: string; data: string | null; notes: string[] };
  };
  /** The same as a text, for the clipboard. */
  'document.text': { params: { format: 'svg' | 'dot' }; result: { text: string } };
  /** Show another graph of the same file, by its place in `graphs`. */
  'document.graph': { params: { graph: number }; result: null };
  /** Show a file in this window: by path (typed, or dropped where the host knows paths). */
  'document.open': { params: { path: string }; result: null };
  /** Show text that the page was given (a dropped file has no path in a browser). */
  'document.openText': { params: { name: string; text: string }; result: null };
  /** Ask for a file with a native dialog, where the host has one; null where it has not or it was cancelled. */
  'document.choose': { params: null; result: { path: string } | null };
  /** Open a link of the picture outside; main checks the scheme. */
  'link.open': { params: { url: string }; result: null };
}

/** A file that was opened before; its name and its folder are parts of its path. */
export interface RecentFile {
  path: string;
  name: string;
  folder: string;
}

/** What the user has chosen for all windows. */
export interface Settings {
  minimap: boolean;
}

/** What it can ask of windows, and of files that they could show. */
export interface WindowRequests {
  /** The latest first; only those that are there. */
  'recent.list': { params: null; result: RecentFile[] };
  'recent.clear': { params: null; result: null };
  /** Show a file, or a text, in a window of its own. */
  'window.open': { params: { path: string }; result: null };
  'window.openText': { params: { name: string; text: string }; result: null };
  /** Where the file is that the page was given as `window.givenFiles[index]`; null where the host cannot know. */
  'window.given': { params: { index: number }; result: { path: string | null } };
  'window.close': { params: null; result: null };
  'settings.get': { params: null; result: Settings };
  'settings.set': { params: Settings; result: null };
}

/** What main tells without being asked. */
export interface Events extends ActionEvents, HeapEvents, TargetEvents {
  /** A part of the next scene that is told, in a change or as an answer. */
  'scene.part': ScenePart;
  'document.changed': DocumentChange;
  /** An error of the viewer itself, in words for its user; every window shows it. */
  'viewer.fault': { message: string };
}

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
  | { id: number; ok: false; error: string }
  | { event: EventName; data: Events[EventName] };

/** What a host gives the page: Electron's preload exposes it as `window.objgraphHost`. */
export interface Host {
  send(message: RequestMessage): void;
  receive(listener: (message: MainMessage) => void): void;
  /** Where a file is that the page was given by the user's hand; empty when it is nowhere. */
  pathOf?(file: File): string;
}
