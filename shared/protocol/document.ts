// The picture of a window, and what the page can ask of it.
import * as v from 'valibot';
import { engines } from '../engines.ts';
import type { PackedScene, SceneFrame, SentPart } from '../scene/packed-scene.ts';
import type { Box, Scene } from '../scene/scene.ts';
import { explorationState, nothingHidden } from './picture.ts';
import { problem } from './problem.ts';
import {
  acknowledged,
  choice,
  fileName,
  flag,
  nothing,
  number,
  object,
  path,
  savedFile,
  text,
  wholeNumber,
} from './schema.ts';

/** What a picture can be exported as; `pdf` needs the desktop app, a browser of Chromium's family or a Graphviz of the system; `gif` the latter. */
export const exportFormats = ['svg', 'png', 'dot', 'json', 'xdot', 'pdf', 'gif', 'ps'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Ways to a picture of a graph that takes too long; another engine is one too. */
export const easierWays = ['settings', 'system', 'roots', 'fewer'] as const;
export type EasierWay = (typeof easierWays)[number];

/** A scene is made by the layout thread and handed on as it is: its own tests check it. */
const sceneFrame = v.custom<SceneFrame>((value) => typeof value === 'object' && value !== null);
export const scenePart: v.GenericSchema<SentPart> = v.object({
  /** Of the picture: see the document's `revision`. */
  revision: v.number(),
  of: v.picklist(['nodes', 'edges']),
  json: v.string(),
});

const documentEntries = {
  title: v.string(),
  path: v.nullable(v.string()),
  engine: v.picklist(engines),
  /** Why there may be no picture yet: nothing opened, a layout is running since `busySince` (ms since the epoch). */
  busySince: v.nullable(v.number()),
  /** The names of the graphs in the file, and which of them is shown. */
  graphs: v.array(v.string()),
  graph: v.number(),
  /** The names of the graph's layers; `layer` is the one that is shown alone, null for those that its author selects. */
  layers: v.array(v.string()),
  layer: v.nullable(v.string()),
  /** Counts pictures: a new number means that `scene` is another one. */
  revision: v.number(),
  /** Whether `heap.grow` adds to the picture: it is of a heap. */
  grows: v.optional(v.boolean()),
  /** The picture is a preview by sfdp: of what `dot` is still laying out, or would have. */
  isPreview: v.boolean(),
  problem: v.nullable(problem),
  warnings: v.array(v.string()),
  /** The modern look is on; `isPlain` where it changes this graph, whose author chose no font and no colour. */
  modernLook: v.boolean(),
  isPlain: v.boolean(),
  /** Folders whose images the picture would show if its user allowed them. */
  refusedFolders: v.array(v.string()),
  /** There is a Graphviz on this system, which may lay out in place of ours. */
  systemDot: v.boolean(),
  exploration: explorationState,
};

/** The document as main sends it: the nodes and edges of the scene have come before, as `scene.part`. */
const documentMessage = v.object({ ...documentEntries, scene: v.nullable(sceneFrame) });
export type DocumentMessage = v.InferOutput<typeof documentMessage>;

/** A change of it. Scenes are large: one comes only when the picture is another one, and without it the last one stays. */
export const documentChange = v.object({ ...documentEntries, scene: v.optional(v.nullable(sceneFrame)) });
export type DocumentChange = v.InferOutput<typeof documentChange>;

/** What one window shows. `scene` is the last good picture: it stays while there is a `problem`. */
export type DocumentState<S extends Scene | PackedScene | SceneFrame = Scene> = Omit<
  DocumentMessage,
  'scene'
> & {
  scene: S | null;
};

/** Before anything is opened. */
export const emptyDocument: DocumentState<never> = {
  title: 'objgraph',
  path: null,
  engine: 'dot',
  busySince: null,
  graphs: [],
  graph: 0,
  layers: [],
  layer: null,
  scene: null,
  revision: 0,
  isPreview: false,
  problem: null,
  warnings: [],
  refusedFolders: [],
  modernLook: false,
  isPlain: false,
  systemDot: false,
  exploration: nothingHidden,
};

/** A larger text was not dropped by a person. */
export const maxTextLength = 64 * 2 ** 20;

export const namedText = object({ name: fileName, text: text(maxTextLength) });

const box = v.pipe(
  v.array(v.pipe(v.number('part is a box of four numbers'), v.finite()), 'part is a box of four numbers'),
  v.length(4, 'part is a box of four numbers'),
  v.transform((numbers) => numbers as unknown as Box),
);

export const documentRequests = {
  /** The renderer is up: give it its document. */
  'document.get': { params: nothing, result: documentMessage },
  'document.reload': acknowledged(nothing),
  /** Cancel the layout that is running. */
  'document.cancel': acknowledged(nothing),
  /** Lay it out with faster settings, by the system's Graphviz, or only its best connected nodes. */
  'document.easier': acknowledged(object({ way: choice(easierWays) })),
  'document.engine': acknowledged(object({ engine: choice(engines) })),
  /**
   * The picture as a file; `scale` enlarges a png; `part` of the scene is possible for what is made of SVG: svg, png and pdf.
   * `notes` are for the user.
   */
  'document.export': {
    params: object({ format: choice(exportFormats), scale: number(1, 4), part: v.optional(box) }),
    result: v.object({ ...savedFile.entries, notes: v.array(v.string()) }),
  },
  /** The same as a text, for the clipboard. */
  'document.text': {
    params: object({ format: choice(['svg', 'dot']) }),
    result: v.object({ text: v.string() }),
  },
  /** Show another graph of the same file, by its place in `graphs`. */
  'document.graph': acknowledged(object({ graph: wholeNumber() })),
  /** Show one layer of the graph alone, or those that its author selects. */
  'document.layer': acknowledged(object({ layer: v.nullable(text(1000)) })),
  /** Gives files without a look of their own a plain one, or leaves them as they are, in all windows to come. */
  'document.modernLook': acknowledged(object({ on: flag })),
  /** The user allows images of one of `refusedFolders`, in any picture. */
  'document.allowImages': acknowledged(object({ folder: path })),
  /** Show a file in this window: by path (typed, or dropped where the host knows paths). */
  'document.open': acknowledged(object({ path })),
  /** Show text that the page was given (a dropped file has no path in a browser). */
  'document.openText': acknowledged(namedText),
  /** Ask for a file with a native dialog, where the host has one; null where it has not or it was cancelled. */
  'document.choose': { params: nothing, result: v.nullable(v.object({ path: v.string() })) },
  /**
   * Open a link of the picture: outside, in an editor, or in this window. A `question` in the result means that nothing is open
   * yet: the user has to answer, by the same request with an `answer`; `always` where the link has a `scheme` to allow for good.
   */
  'link.open': {
    params: object({ url: text(8192), answer: v.optional(choice(['once', 'always'])) }),
    result: v.object({
      question: v.nullable(v.string()),
      scheme: v.nullable(v.string()),
      /** The file that this window shows next. */
      document: v.nullable(v.string()),
    }),
  },
};
