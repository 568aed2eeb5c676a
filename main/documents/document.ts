// One open document: its text, its layout, its last good picture and what is wrong with it now.
import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { allow } from '../allowed.ts';
import { startInBackground } from '../background.ts';
import type { WrittenPicture } from '../../shared/dot/write-picture.ts';
import type { Operation } from '../../shared/dot/explore/operation.ts';
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
import type { PackedScene } from '../../shared/scene/packed-scene.ts';
import type { Box } from '../../shared/scene/scene.ts';
import { hasSystemDot } from '../export/system-dot.ts';
import type { LayoutTask } from '../workers/layout-worker.ts';
import { laidOutBySystem, settingsNote, systemNote, withFasterSettings } from './easier.ts';
import { expand, Explorer, untouched, withSteps, type Operations, type Work } from './exploration.ts';
import { DocumentSource, type Content } from './document-source.ts';
import { planDrawing } from './drawing-plan.ts';
import { exportDrawing, exportName } from './export-drawing.ts';
import { layOut, LayoutError, warmLayout } from './layout.ts';
import { DocumentError, fileProblem, graphvizProblem } from '../problem.ts';
import { previewFirst, previewNote } from './preview.ts';
import { readSettings } from '../settings.ts';

export interface DocumentOptions {
  engine?: Engine;
  /** The file has its positions already (xdot's -n). */
  positioned?: boolean;
}

/** So many nodes are a picture that one can still read. */
const fewer = 500;

/** A layout that is done sooner than this is not announced: the window would only flicker. */
const announceAfter = 150;

/** The picture that is shown: what it was made of. */
interface Drawn {
  task: LayoutTask;
  content: Content;
  history: History<Work>;
}

class Cancelled extends Error {}
class Superseded extends Error {}

/** Emits `changed` whenever `state` is another one. Loading never throws: `state.problem` reports what goes wrong. */
export class GraphDocument extends EventEmitter<{ changed: [] }> {
  state: DocumentState<PackedScene>;
  #positioned: boolean;
  #source: DocumentSource | null = null;
  #easier: 'settings' | 'system' | null = null;
  #running: AbortController | null = null;
  /** The newest load. */
  #loading: Promise<void> = Promise.resolve();
  #drawn: Drawn | null = null;
  /** What was done to the picture, as wanted: `#drawn` has what is shown. */
  #history = untouched;
  readonly #explorer = new Explorer();
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
  async openFile(
    path: string,
    title = basename(path),
    findPicture: () => Picture | null = () => null,
  ): Promise<void> {
    // The window was closed while its file was looked at.
    if (this.#closed.signal.aborted) return;
    const source = DocumentSource.ofFile(path, findPicture);
    source.watch(() => startInBackground(this.#load(), this.fail));
    await this.#open(source, title, source.picture !== null);
  }

  /** Shows a text that has no file. */
  async openText(name: string, text: string): Promise<void> {
    await this.#open(DocumentSource.ofText(name, text), name, false);
  }

  /** Shows a picture of a heap. @param grows whether it can grow */
  async openPicture({ picture, dot }: WrittenPicture, grows: boolean): Promise<void> {
    const title = pictureTitle(picture);
    await this.#open(DocumentSource.ofText(title, dot, picture), title, grows);
  }

  /** What was opened last: another object each time. It is there as soon as `open…` was called. */
  get source(): DocumentSource | null {
    return this.#source;
  }

  async reload(): Promise<void> {
    if (this.#source) await this.#load();
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
    if (this.#source) await this.#load(this.#drawn?.content);
  }

  /** Null for what is no DOT: the layout says what is wrong with it. */
  async #fewerNodes(way: 'roots' | 'fewer'): Promise<Operation | null> {
    if (way === 'fewer') return { kind: 'connected', most: fewer };
    try {
      // The first layout may still run.
      const content = this.#drawn?.content ?? (await this.#source?.content());
      if (!content) return null;
      const { grown, operations } = this.#history.present;
      const dot = grown?.dot ?? this.#graphOf(content).dot;
      return { kind: 'roots', steps: this.#explorer.stepsFromRoots(dot, operations, fewer) };
    } catch {
      return null;
    }
  }

  /** Shows another graph of the same file. */
  async setGraph(graph: number): Promise<void> {
    this.#history = untouched;
    if (this.#drawn) this.#drawn.history = untouched;
    this.#change({ graph, layer: null });
    await this.reload();
  }

  /** Shows one layer of the graph alone; null shows those that its author selects. */
  async setLayer(layer: string | null): Promise<void> {
    this.#change({ layer });
    if (this.#source) await this.#load(this.#drawn?.content);
  }

  /** Draws files without a look of their own in a plain one. */
  async setModernLook(modernLook: boolean): Promise<void> {
    this.#change({ modernLook });
    if (this.#source) await this.#load(this.#drawn?.content);
  }

  /**
   * Shows images of a folder from now on, in any picture.
   * @throws Error for a folder from which this picture shows none
   */
  async allowImages(folder: string): Promise<void> {
    if (!this.state.refusedFolders.includes(folder))
      throw new Error(`The picture has no images from ${folder}`);
    allow('imageFolders', folder);
    if (this.#source) await this.#load(this.#drawn?.content);
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
    return this.#drawn?.history.present.operations ?? [];
  }

  /** The picture of a heap that is drawn, before anything of it is hidden; null for any other drawing. */
  get picture(): Picture | null {
    return this.#drawn && (this.#drawn.history.present.grown?.picture ?? this.#picture);
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
    const { scene, title, warnings: known } = this.state;
    if (!this.#drawn || !scene) throw new Error('There is no picture to export');
    const { signal } = this.#closed;
    const options = { format, scale, part };
    const { data, warnings } = await exportDrawing(this.#drawn.task, scene.frame, options, signal);
    // What the window shows already is not repeated.
    const notes = warnings.filter((warning) => !known.includes(warning));
    return { name: `${exportName(title, this.#picture !== null)}.${format}`, data, notes };
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
    this.#source?.close();
    this.#running?.abort(new Superseded());
    this.#closed.abort(new Superseded());
    this.removeAllListeners();
  }

  get #picture(): Picture | null {
    return this.#source?.picture ?? null;
  }

  async #open(source: DocumentSource, title: string, grows: boolean): Promise<void> {
    this.#source?.close();
    this.#source = source;
    this.#drawn = null;
    this.#easier = null;
    this.#history = untouched;
    // No picture is another picture.
    const revision = this.state.revision + (this.state.scene ? 1 : 0);
    const { engine, systemDot, busySince, modernLook } = this.state;
    const kept = { engine, systemDot, busySince, modernLook };
    const shown = source.picture ? pictureTitle(source.picture) : title;
    this.#change({ ...emptyDocument, ...kept, title: shown, path: source.path, grows, revision });
    await this.#load();
  }

  async #perform(step: (operations: Operations) => Operations): Promise<void> {
    const { present } = this.#history;
    const operations = step(present.operations);
    if (operations !== present.operations) await this.#redraw(this.#history.done({ ...present, operations }));
  }

  /** Of the text as it was read: a file that is being written does not come between. */
  async #redraw(history: History<Work>): Promise<void> {
    if (history === this.#history || !this.#drawn) return;
    this.#history = history;
    await this.#load(this.#drawn.content);
  }

  /** Ends when the newest load does, which may be another one: that of a change of the file, for example. */
  async #load(content?: Content): Promise<void> {
    this.#loading = this.#loadOnce(content);
    for (let awaited: Promise<void> | null = null; awaited !== this.#loading;)
      await (awaited = this.#loading);
  }

  async #loadOnce(content: Content | undefined): Promise<void> {
    const source = this.#source;
    if (!source) return;
    this.#running?.abort(new Superseded());
    const running = (this.#running = new AbortController());
    this.state = { ...this.state, busySince: Date.now() };
    const announcement = setTimeout(() => this.emit('changed'), announceAfter);
    const change = await this.#draw(source, content, running.signal);
    clearTimeout(announcement);
    // The load that replaced this one reports its own result.
    if (this.#running !== running) return;
    this.#running = null;
    // What could not be drawn was not done.
    if (change.problem) this.#history = this.#drawn?.history ?? untouched;
    this.#change({ ...change, busySince: null });
  }

  async #draw(
    source: DocumentSource,
    known: Content | undefined,
    signal: AbortSignal,
  ): Promise<Partial<DocumentState<PackedScene>>> {
    const { engine, layer, modernLook } = this.state;
    const positioned = this.#positioned;
    const history = this.#history;
    const previewing = new AbortController();
    let text = '';
    let facts: Partial<DocumentState<PackedScene>> = {};
    try {
      const before = source.picture;
      const content = known ?? (await source.content());
      const { index, dot } = this.#graphOf(content);
      facts = { graph: index, graphs: content.graphs.map(({ name }) => name) };
      if (before === null && source.picture !== null)
        facts = { ...facts, title: pictureTitle(source.picture), grows: true };
      const { grown } = history.present;
      text = grown?.dot ?? dot;
      const explored = this.#explorer.explore(text, history, positioned);
      const mayRestyle = source.picture === null && !positioned;
      const { path } = source;
      const look = { layer, modernLook, mayRestyle, path };
      const plan = await planDrawing(text, explored.dot, look, signal);
      facts = { ...facts, ...plan.facts };
      const picture = grown?.picture ?? source.picture;
      const refs = picture ? refsOf(picture) : undefined;
      const task = { ...(await this.#eased(plan.dot, signal)), engine, images: plan.images, refs };
      const show = (shown: LayoutTask, scene: PackedScene, isPreview: boolean) => {
        this.#drawn = { task: shown, content, history };
        const revision = this.state.revision + 1;
        return { ...facts, scene, exploration: explored.state, revision, isPreview };
      };
      if (this.#needsPreview(task))
        await previewFirst(task, AbortSignal.any([signal, previewing.signal]), ({ scene }, drawn) =>
          this.#change(show(drawn, scene, true)),
        );
      const { scene, warnings } = await layOut(task, signal);
      if (this.#easier) warnings.push(this.#easier === 'system' ? systemNote : settingsNote);
      warnings.unshift(...content.warnings, ...plan.warnings);
      return { ...show(task, scene, false), problem: null, warnings };
    } catch (error) {
      if (error instanceof Cancelled && this.state.isPreview)
        return { problem: null, warnings: [...(this.#drawn?.content.warnings ?? []), previewNote] };
      return { ...facts, problem: problemOf(error, source.name, text) };
    } finally {
      previewing.abort();
    }
  }

  /** The graph that is shown; another one when the file has lost it. */
  #graphOf({ graphs }: Content): { index: number; dot: string } {
    const index = Math.min(this.state.graph, graphs.length - 1);
    return { index, dot: graphs[index].dot };
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

  #change(change: Partial<DocumentState<PackedScene>>): void {
    this.state = { ...this.state, ...change };
    this.emit('changed');
  }
}

function problemOf(error: unknown, name: string, text: string): Problem {
  if (error instanceof DocumentError) return error.problem;
  if (error instanceof LayoutError) return graphvizProblem(error, name, text);
  if (error instanceof Cancelled) return { message: 'The layout was cancelled', file: name, tooHard: true };
  return fileProblem(error, name);
}
