// The open document as the page knows it: the state that main last sent, and what the page can ask main for.
import { messageOf } from '../../shared/errors.ts';
import { isProfileName, isSnapshotName } from '../../shared/file-formats.ts';
import type { Operation } from '../../shared/dot/explore/operation.ts';
import {
  emptyDocument,
  type DocumentState,
  type EasierWay,
  type Engine,
  type ExportFormat,
} from '../../shared/protocol.ts';
import { SceneUnpacking, type SceneFrame } from '../../shared/scene/packed-scene.ts';
import type { Box, Scene } from '../../shared/scene/scene.ts';
import type { Connection } from '../host.ts';
import { download } from './download.ts';
import { uploadSnapshot } from './upload-snapshot.ts';
import { inBackground } from './failures.svelte.ts';

declare global {
  interface Window {
    /** Where the host looks for the files whose paths it is asked for. */
    givenFiles: readonly File[];
  }
}

export type Status = 'empty' | 'busy' | 'ready' | 'problem';

export class OpenDocument {
  readonly #host: Connection;
  readonly #scene = new SceneUnpacking();
  /** Main's state as it came: scenes are large, and never changed here. */
  state = $state.raw<DocumentState>(emptyDocument);
  /** Main is gone; the picture that is here stays. */
  lost = $state(false);
  /** Why the last request failed, in main's words. */
  failure = $state<string | null>(null);

  /** The next picture is another part of the same graph: the eye wants to follow it. */
  exploring = false;

  readonly status = $derived<Status>(
    this.state.busySince !== null
      ? 'busy'
      : this.state.problem
        ? 'problem'
        : this.state.scene
          ? 'ready'
          : 'empty',
  );

  constructor(host: Connection) {
    this.#host = host;
    host.on('scene.part', (part) => this.#scene.add(part));
    let isChanged = false;
    host.on('document.changed', ({ scene, ...change }) => {
      isChanged = true;
      const unpacked = scene === undefined ? this.state.scene : this.#unpack(scene, change.revision);
      this.state = { ...this.state, ...change, scene: unpacked };
    });
    host.on('viewer.fault', ({ message }) => (this.failure = message));
    host.onLost(() => (this.lost = true));
    inBackground(
      this.#ask(async () => {
        const { scene, ...state } = await host.request('document.get', null);
        // A change that came while the answer was on its way is newer than the answer; of the same picture, it has no scene.
        if (state.revision < this.state.revision) return;
        const newest = isChanged ? this.state : state;
        this.state = { ...newest, scene: this.#unpack(scene, state.revision) };
      }),
    );
  }

  #unpack(frame: SceneFrame | null, revision: number): Scene | null {
    return frame && this.#scene.finish(frame, revision);
  }

  reload = () => this.#ask(() => this.#host.request('document.reload', null));
  cancel = () => this.#ask(() => this.#host.request('document.cancel', null));
  layOutWith = (engine: Engine) => this.#ask(() => this.#host.request('document.engine', { engine }));
  layOutEasier = (way: EasierWay) => this.#ask(() => this.#host.request('document.easier', { way }));
  showGraph = (graph: number) => this.#ask(() => this.#host.request('document.graph', { graph }));
  showLayer = (layer: string | null) => this.#ask(() => this.#host.request('document.layer', { layer }));
  setModernLook = (on: boolean) => this.#ask(() => this.#host.request('document.modernLook', { on }));
  allowImages = (folder: string) => this.#ask(() => this.#host.request('document.allowImages', { folder }));
  explore = (operation: Operation) =>
    this.#explore(() => this.#host.request('picture.explore', { operation }));
  expand = (node: string) => this.#explore(() => this.#host.request('picture.expand', { node }));
  setSteps = (steps: number) => this.#explore(() => this.#host.request('picture.steps', { steps }));
  showAll = () => this.#explore(() => this.#host.request('picture.showAll', null));
  undo = () => this.#explore(() => this.#host.request('picture.undo', null));
  redo = () => this.#explore(() => this.#host.request('picture.redo', null));
  /** Saves the picture: the host by its dialog, or the page as a download. */
  export = (format: ExportFormat, scale: number, part?: Box) =>
    this.#ask(async () => {
      const { name, data, notes } = await this.#host.request('document.export', {
        format,
        scale,
        part,
      });
      if (data !== null) download(name, data);
      if (notes.length > 0) this.failure = notes.join('\n');
    });

  /** The picture as a text. Rejects with main's words. */
  text = async (format: 'svg' | 'dot'): Promise<string> =>
    (await this.#host.request('document.text', { format })).text;

  close = () => this.#ask(() => this.#host.request('window.close', null));

  /** Files that the page was given, dropped or chosen in a browser: the first in this window, each other in its own. */
  openFiles = (files: readonly File[]) =>
    this.#ask(async () => {
      window.givenFiles = files;
      for (const [index, file] of files.entries()) await this.#openGiven(file, index);
    });

  /** By its path, so that it is followed and finds its images; where the path is unknown, by its content. */
  async #openGiven(file: File, index: number): Promise<void> {
    const where = index === 0 ? 'document' : 'window';
    const path = this.#host.pathOf(file) ?? (await this.#host.request('window.given', { index })).path;
    if (path !== null) await this.#host.request(`${where}.open`, { path });
    else if (isSnapshotName(file.name)) await uploadSnapshot(this.#host.request, file);
    else if (isProfileName(file.name)) {
      const text = await file.text();
      await this.#host.request('allocations.openText', { name: file.name, text });
    } else {
      const text = decode(await file.arrayBuffer());
      await this.#host.request(`${where}.openText`, { name: file.name, text });
    }
  }

  openPath = (path: string) => this.#ask(() => this.#host.request('document.open', { path }));

  /** Whether the host has a dialog of its own; without one the page asks with the browser's. */
  get hasDialogs(): boolean {
    return this.#host.hasDialogs;
  }

  choose = () =>
    this.#ask(async () => {
      const chosen = await this.#host.request('document.choose', null);
      if (chosen) await this.#host.request('document.open', { path: chosen.path });
    });

  #explore(request: () => Promise<unknown>): Promise<void> {
    this.exploring = true;
    return this.#ask(request);
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      this.failure = null;
      await request();
    } catch (error) {
      if (!this.lost) this.failure = messageOf(error);
    }
  }
}

/** UTF-8; what is not is taken for Latin-1, the other charset of Graphviz. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
