// One open document: its text, its layout, its last good picture and what is wrong with it now.
import { EventEmitter } from 'node:events';
import { basename, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { allow, readAllowed } from '../allowed.ts';
import { startInBackground } from '../background.ts';
import { layersIn, withLayers } from '../../shared/dot/layers.ts';
import { isPlain, withModernLook } from '../../shared/dot/modern-look.ts';
import type { WrittenPicture } from '../../shared/dot/write-picture.ts';
import type { Operation } from '../../shared/dot/explore/operation.ts';
import { withoutGraphExtension } from '../../shared/file-formats.ts';
import type { History } from '../../shared/history.ts';
import { refsOf, type Picture } from '../../shared/picture/picture.ts';
import { pictureTitle } from '../../shared/picture/title.ts';
import {
  emptyDocument,
  type DocumentState,
  type EasierWay,
  type Engine,
  type ExportFormat,
  type Problem,
} from '../../shared/protocol.ts';
import { intersection, isEmpty } from '../../shared/scene/bounds.ts';
import type { PackedScene, SceneFrame } from '../../shared/scene/packed-scene.ts';
import type { Box } from '../../shared/scene/scene.ts';
import type { Crop } from '../export/crop-svg.ts';
import { hasSystemDot } from '../export/system-dot.ts';
import type { LayoutTask } from '../workers/layout-worker.ts';
import { laidOutBySystem, settingsNote, systemNote, withFasterSettings } from './easier.ts';
import { expand, Explorer, untouched, withSteps, type Operations, type Work } from './exploration.ts';
import { sourceOfText } from './dot.ts';
import type { Source } from './document-format.ts';
import { readDocument } from './formats.ts';
import { graphsIn, type GraphText } from './graphs.ts';
import { lookForImages } from '../export/images.ts';
import { refuseEndlessTexts } from './limits.ts';
import { exportGraph, layOut, LayoutError, warmLayout } from './layout.ts';
import { DocumentError, fileProblem, graphvizProblem } from '../problem.ts';
import { previewTold, startPreview } from './preview.ts';
import { readSettings } from '../settings.ts';
import { readDocumentFile } from './read-file.ts';
import { watchFile, type FileWatch } from './watch.ts';

export interface DocumentOptions {
  engine?: Engine;
  /** The file has its positions already (xdot's -n). */
  positioned?: boolean;
}

/** So many nodes are a picture that one can still read. */
const fewer = 500;

/** A layout that is done sooner than this is not announced: the window would only flicker. */
const announceAfter = 150;

/** What was read of a document. */
interface Content {
  graphs: GraphText[];
  warnings: string[];
}

class Cancelled extends Error {}
class Superseded extends Error {}

/** Emits `changed` whenever `state` is another one. Loading never throws: `state.problem` reports what goes wrong. */
export class GraphDocument extends EventEmitter<{ changed: [] }> {
  state: DocumentState<PackedScene>;
  #positioned: boolean;
  #read: (() => Promise<Source>) | null = null;
  /** What the text is written of, if it is a picture of a heap. */
  #picture: Picture | null = null;
  #content: Content | null = null;
  #name = '';
  #easier: 'settings' | 'system' | null = null;
  #running: AbortController | null = null;
  /** The newest load. */
  #loading: Promise<void> = Promise.resolve();
  #watch: FileWatch | null = null;
  /** What the picture was made of. */
  #drawn: LayoutTask | null = null;
  /** What is hidden, as wanted and as drawn. */
  #history = untouched;
  #drawnHistory = untouched;
  readonly #explorer = new Explorer();
  /** Counts what was opened: tells one content from the next. */
  opened = 0;
  readonly #closed = new AbortController();

  constructor({ engine = 'dot', positioned = false }: DocumentOptions = {}) {
    super();
    this.#positioned = positioned;
    this.state = {
      ...emptyDocument,
      engine,
      systemDot: hasSystemDot(),
      modernLook: readSettings().modernLook,
    };
    warmLayout();
  }

  /** Shows a file, and follows its changes. */
  async openFile(path: string, title = basename(path), picture: Picture | null = null): Promise<void> {
    // The window was closed while its file was looked at.
    if (this.#closed.signal.aborted) return;
    const file = resolve(path);
    this.#open(title, file, async () => readDocument(await readDocumentFile(file), file));
    if (picture) this.#setPicture(picture, true);
    this.#watch = watchFile(file, () => startInBackground(this.#load(), this.fail));
    await this.#load();
  }

  /** Shows a text that has no file. */
  async openText(name: string, text: string): Promise<void> {
    this.#open(name, null, () => Promise.resolve(sourceOfText(text)));
    await this.#load();
  }

  /** Shows a picture of a heap. @param grows whether it can grow */
  async openPicture({ picture, dot }: WrittenPicture, grows: boolean): Promise<void> {
    this.#open(pictureTitle(picture), null, () => Promise.resolve({ dot, warnings: [] }));
    this.#setPicture(picture, grows);
    await this.#load();
  }

  async reload(): Promise<void> {
    if (this.#read) await this.#load();
  }

  /** Lays the same file out by another program of Graphviz. */
  async setEngine(engine: Engine): Promise<void> {
    this.#positioned = false;
    this.#easier = null;
    this.#change({ engine });
    await this.reload();
  }

  /** Lays the same file out so that it takes less time. */
  async layOutEasier(way: EasierWay): Promise<void> {
    if (way === 'settings' || way === 'system') this.#easier = way;
    else {
      const operation = await this.#fewerNodes(way);
      const { present } = this.#history;
      if (operation)
        this.#history = this.#history.done({ ...present, operations: [...present.operations, operation] });
    }
    if (this.#read) await this.#load(this.#content);
  }

  /** Null for what is no DOT: the layout says what is wrong with it. */
  async #fewerNodes(way: 'roots' | 'fewer'): Promise<Operation | null> {
    if (way === 'fewer') return { kind: 'connected', most: fewer };
    try {
      // The first layout may still run.
      const { graphs } = this.#content ?? (await this.#readContent());
      const { grown, operations } = this.#history.present;
      const dot = grown?.dot ?? graphs[Math.min(this.state.graph, graphs.length - 1)].dot;
      return { kind: 'roots', steps: this.#explorer.stepsFromRoots(dot, operations, fewer) };
    } catch {
      return null;
    }
  }

  /** Shows another graph of the same file. */
  async setGraph(graph: number): Promise<void> {
    this.#history = this.#drawnHistory = untouched;
    this.#change({ graph, layer: null });
    await this.reload();
  }

  /** Shows one layer of the graph alone; null shows those that its author selects. */
  async setLayer(layer: string | null): Promise<void> {
    this.#change({ layer });
    if (this.#read) await this.#load(this.#content);
  }

  /** Draws files without a look of their own in a plain one. */
  async setModernLook(modernLook: boolean): Promise<void> {
    this.#change({ modernLook });
    if (this.#read) await this.#load(this.#content);
  }

  /**
   * Shows images of a folder from now on, in any picture.
   * @throws Error for a folder from which this picture shows none
   */
  async allowImages(folder: string): Promise<void> {
    if (!this.state.refusedFolders.includes(folder))
      throw new Error(`The picture has no images from ${folder}`);
    allow('imageFolders', folder);
    if (this.#read) await this.#load(this.#content);
  }

  /** Shows less of the graph, or more. */
  explore = (operation: Operation) => this.#perform((operations) => [...operations, operation]);
  expand = (node: string) => this.#perform((operations) => expand(operations, node));
  setSteps = (steps: number) => this.#perform((operations) => withSteps(operations, steps));
  showAll = () => this.#perform((operations) => (operations.length > 0 ? [] : operations));
  undo = () => this.#redraw(this.#history.undone());
  redo = () => this.#redraw(this.#history.redone());

  /** What was done to the picture that is shown. */
  get operations(): Operations {
    return this.#drawnHistory.present.operations;
  }

  /** The picture of a heap that is drawn, before anything of it is hidden; null for any other drawing. */
  get picture(): Picture | null {
    return this.#content === null ? null : (this.#drawnHistory.present.grown?.picture ?? this.#picture);
  }

  /** Draws another picture in the place of this one, as a step that can be undone. */
  grow = (grown: WrittenPicture) => this.#redraw(this.#history.done({ ...this.#history.present, grown }));

  /** Shows what other operations leave, as one step. */
  restore = (operations: Operations) =>
    this.#perform((present) => (isDeepStrictEqual(present, operations) ? present : operations));

  /**
   * The picture as a file, or what is drawn in a part of the scene.
   * @throws Error in words when there is no picture, or the format cannot be written here
   */
  async export(
    format: ExportFormat,
    scale: number,
    part?: Box,
  ): Promise<{ name: string; data: Uint8Array; notes: string[] }> {
    if (!this.#drawn || !this.state.scene) throw new Error('There is no picture to export');
    const name = `${this.#fileName()}.${format}`;
    const crop = part && cropOf(this.state.scene.frame, part);
    const { data, warnings } = await exportGraph(
      { ...this.#drawn, format, scale, crop },
      this.#closed.signal,
    );
    // What the window shows already is not repeated.
    const { warnings: known } = this.state;
    return { name, data, notes: warnings.filter((warning) => !known.includes(warning)) };
  }

  /** Shows why work in the background failed. */
  readonly fail = (message: string): void => {
    this.#change({ problem: { message } });
  };

  /** Gives the running layout up; the last picture stays. */
  cancel(): void {
    this.#running?.abort(new Cancelled());
  }

  close(): void {
    this.#watch?.close();
    this.#running?.abort(new Superseded());
    this.#closed.abort(new Superseded());
    this.removeAllListeners();
  }

  /** The title of a picture of a heap has signs that no file may have in its name. */
  #fileName(): string {
    const { title } = this.state;
    if (this.#picture === null) return withoutGraphExtension(title);
    return (
      title
        .replace(/[^\p{L}\p{N}.#$-]+/gu, ' ')
        .trim()
        .slice(0, 80) || 'objgraph'
    );
  }

  #setPicture(picture: Picture, grows: boolean): void {
    this.#picture = picture;
    this.#change({ grows, title: pictureTitle(picture) });
  }

  #open(title: string, path: string | null, read: () => Promise<Source>): void {
    this.opened++;
    this.#watch?.close();
    this.#watch = null;
    this.#name = path ?? title;
    this.#read = read;
    this.#content = null;
    this.#picture = null;
    this.#easier = null;
    this.#history = this.#drawnHistory = untouched;
    // No picture is another picture.
    const revision = this.state.revision + (this.state.scene ? 1 : 0);
    const { engine, systemDot, busySince, modernLook } = this.state;
    this.#change({
      ...emptyDocument,
      title,
      path,
      grows: false,
      revision,
      engine,
      systemDot,
      busySince,
      modernLook,
    });
  }

  async #perform(step: (operations: Operations) => Operations): Promise<void> {
    const { present } = this.#history;
    const operations = step(present.operations);
    if (operations !== present.operations) await this.#redraw(this.#history.done({ ...present, operations }));
  }

  /** Of the text as it was read: a file that is being written does not come between. */
  async #redraw(history: History<Work>): Promise<void> {
    if (history === this.#history || !this.#content) return;
    this.#history = history;
    await this.#load(this.#content);
  }

  /** Ends when the newest load does, which may be another one: that of a change of the file, for example. */
  async #load(content: Content | null = null): Promise<void> {
    this.#loading = this.#loadOnce(content);
    for (let awaited: Promise<void> | null = null; awaited !== this.#loading;)
      await (awaited = this.#loading);
  }

  async #loadOnce(content: Content | null): Promise<void> {
    this.#running?.abort(new Superseded());
    const running = (this.#running = new AbortController());
    this.state = { ...this.state, busySince: Date.now() };
    const announcement = setTimeout(() => this.emit('changed'), announceAfter);
    const change = await this.#draw(content, running.signal);
    clearTimeout(announcement);
    // The load that replaced this one reports its own result.
    if (this.#running !== running) return;
    this.#running = null;
    // What could not be drawn was not done.
    if (change.problem) this.#history = this.#drawnHistory;
    this.#change({ ...change, busySince: null });
  }

  async #draw(known: Content | null, signal: AbortSignal): Promise<Partial<DocumentState<PackedScene>>> {
    const { engine } = this.state;
    const history = this.#history;
    const previewing = new AbortController();
    let text = '';
    let found: Partial<DocumentState<PackedScene>> = {};
    try {
      const content = known ?? (await this.#readContent());
      const { graphs } = content;
      // The file may have lost the graph that was shown.
      const graph = Math.min(this.state.graph, graphs.length - 1);
      found = { graph, graphs: graphs.map(({ name }) => name) };
      const { grown } = history.present;
      text = grown?.dot ?? graphs[graph].dot;
      const explored = this.#explorer.explore(text, history, this.#positioned);
      const layers = layersIn(text)?.names ?? [];
      const layer = layers.find((name) => name === this.state.layer) ?? null;
      const layered = layer === null ? explored.dot : withLayers(explored.dot, layer);
      const isOfFile = this.#picture === null && !this.#positioned;
      const dot = this.state.modernLook && isOfFile ? withModernLook(layered) : layered;
      found = { ...found, layers, layer, isPlain: isOfFile && isPlain(layered) };
      const { imageFolders } = readAllowed();
      const { images, refusedFolders } = await lookForImages(dot, this.state.path, imageFolders);
      found = { ...found, refusedFolders };
      const picture = grown?.picture ?? this.#picture;
      const refs = picture ? refsOf(picture) : undefined;
      const task = { ...(await this.#eased(dot, signal)), engine, images, refs };
      if (this.#needsPreview(task))
        startPreview(task, AbortSignal.any([signal, previewing.signal]), ({ scene }, drawn) => {
          this.#drawn = drawn;
          this.#content = content;
          this.#drawnHistory = history;
          const revision = this.state.revision + 1;
          this.#change({ ...found, scene, exploration: explored.state, revision, isPreview: true });
        });
      const { scene, warnings } = await layOut(task, signal);
      if (this.#easier) warnings.push(this.#easier === 'system' ? systemNote : settingsNote);
      this.#drawn = task;
      this.#content = content;
      this.#drawnHistory = history;
      return {
        ...found,
        scene,
        exploration: explored.state,
        revision: this.state.revision + 1,
        isPreview: false,
        problem: null,
        warnings: [...content.warnings, ...warnings],
      };
    } catch (error) {
      if (error instanceof Cancelled && this.state.isPreview)
        return { problem: null, warnings: [...(this.#content?.warnings ?? []), previewTold] };
      return { ...found, problem: this.#problem(error, text) };
    } finally {
      previewing.abort();
    }
  }

  /** While there is no picture of the document yet: `dot` alone takes minutes for what sfdp does in seconds. */
  #needsPreview({ engine, positioned }: LayoutTask): boolean {
    return (
      engine === 'dot' && !positioned && this.#easier === null && this.#picture === null && !this.state.scene
    );
  }

  async #eased(dot: string, signal: AbortSignal): Promise<Pick<LayoutTask, 'dot' | 'positioned'>> {
    const positioned = this.#positioned;
    if (this.#easier === null || positioned) return { dot, positioned };
    if (this.#easier === 'settings') return { dot: withFasterSettings(dot), positioned };
    return { dot: await laidOutBySystem(dot, this.state.engine, signal), positioned: true };
  }

  async #readContent(): Promise<Content> {
    const { dot, warnings } = await this.#read!();
    refuseEndlessTexts(dot, this.#name);
    return { graphs: graphsIn(dot), warnings };
  }

  #problem(error: unknown, text: string): Problem {
    if (error instanceof DocumentError) return error.problem;
    if (error instanceof LayoutError) return graphvizProblem(error, this.#name, text);
    if (error instanceof Cancelled)
      return { message: 'The layout was cancelled', file: this.#name, tooHard: true };
    return fileProblem(error, this.#name);
  }

  #change(change: Partial<DocumentState<PackedScene>>): void {
    this.state = { ...this.state, ...change };
    this.emit('changed');
  }
}

/** @throws Error when nothing is drawn there */
function cropOf({ bounds }: SceneFrame, part: Box): Crop {
  const inside = intersection(part, bounds);
  if (isEmpty(inside)) throw new Error('Nothing of the picture is in view');
  const [left, top, right] = bounds;
  return {
    part: [inside[0] - left, inside[1] - top, inside[2] - left, inside[3] - top],
    width: right - left,
  };
}
