// The window of a picture: its parts, what is open in it, and what they do together.
import { messageOf } from '../../shared/errors.ts';
import { openableExtensions } from '../../shared/file-formats.ts';
import type { MenuGroup } from '../../shared/protocol/actions.ts';
import type { Problem } from '../../shared/protocol.ts';
import { intersection, isEmpty } from '../../shared/scene/bounds.ts';
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { chooseFiles } from '../choose-files.ts';
import { anchorBetween } from '../graph/anchor.ts';
import { centreOf, toScreen, visibleBox, type Point } from '../graph/camera.ts';
import { boxMiddle, middle, nearestNode, neighbourTowards, type Direction } from '../graph/neighbours.ts';
import { printScene } from '../graph/print.ts';
import { sizeOfText } from '../graph/search.ts';
import type { Target } from '../graph/target.ts';
import type { Connection } from '../host.ts';
import { Bookmarks } from './bookmarks.svelte.ts';
import { OpenDocument } from './document.svelte.ts';
import { Exploring } from './exploring.svelte.ts';
import { Links } from './links.svelte.ts';
import { Growing } from './growing.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { RecentFiles } from './recent.svelte.ts';
import { Search } from './search.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { inBackground } from './failures.svelte.ts';

/** What the view on the screen does for the window. */
export interface ViewHandle {
  /** Keys are the picture's again. */
  focus(): void;
  /** Ends whatever moves: inertia, a flight, a gesture; true when something did. */
  halt(): boolean;
}

export class Viewer {
  readonly #host: Connection;
  readonly document: OpenDocument;
  readonly recent: RecentFiles;
  readonly navigation = new Navigation();
  readonly selection = new Selection();
  readonly search = new Search();
  readonly exploring: Exploring;
  readonly growing: Growing;
  readonly bookmarks: Bookmarks;
  readonly links: Links;

  toolbarShown = $state(!/[?&]hide-toolbar\b/.test(location.search));
  outlineOpen = $state(false);
  minimapShown = $state(true);
  /** One at a time is over the window. */
  dialog = $state<'help' | 'export' | 'palette' | 'bookmarks' | null>(null);
  /** Where a menu on the selection is open, in pixels of the view. */
  menuAt = $state.raw<Point | null>(null);
  /** A short message, shown for a moment. */
  notice = $state('');
  /** The window's way back listens: see trail.svelte.ts. */
  onleave: () => void = () => {};
  /** The view puts itself here. */
  handle: ViewHandle = { focus: () => {}, halt: () => false };

  // By its text: main sends the same problem again with every change of its state.
  #dismissed = $state('');
  readonly problem = $derived.by(() => {
    const { problem } = this.document.state;
    return JSON.stringify(problem) === this.#dismissed ? null : problem;
  });
  /** The picture is on its way here from another part of the same graph; `t` from 0 to 1. */
  transition = $state.raw<{ from: Scene; t: number } | null>(null);
  #shown = { revision: -1, document: '', isPreview: false };

  constructor(host: Connection) {
    this.document = new OpenDocument(host);
    this.bookmarks = new Bookmarks(host);
    this.exploring = new Exploring(this.document, this.selection);
    this.growing = new Growing(host, this);
    this.recent = new RecentFiles(host);
    this.links = new Links(host, () => {
      const { path } = this.document.state;
      return path === null ? null : { path, camera: this.navigation.camera };
    });
    this.navigation.onleave = this.links.onleave = () => this.onleave();
    this.search.onfound = this.goToFound;
    this.#host = host;
    inBackground(this.#recallSettings());
  }

  async #recallSettings(): Promise<void> {
    const settings = await this.#host.request('settings.get', null).catch(() => null);
    if (settings) this.minimapShown = settings.minimap;
  }

  toggleMinimap = () => {
    this.minimapShown = !this.minimapShown;
    inBackground(this.#host.request('settings.set', { minimap: this.minimapShown }).catch(() => null));
  };

  /** To the menu of the host's window. */
  offerActions(groups: MenuGroup[]): void {
    this.#host
      .request('window.actions', { groups })
      .catch((error: unknown) => (this.document.failure = messageOf(error)));
  }

  /** Takes over the state that main sent last. A new picture of another document is fitted; of the same one the user keeps their place. */
  update(): void {
    const { scene, revision, path, title, engine, graph, problem, isPreview } = this.document.state;
    if (!problem) this.#dismissed = '';
    // Another document is being opened: until it is there, the last picture stays.
    if (!scene) this.#shown.document = '';
    if (revision === this.#shown.revision || !scene) return;
    const document = `${path ?? title} ${graph} by ${engine}`;
    const isSame = document === this.#shown.document;
    const before = this.selection.scene;
    const selected = this.selection.selectedItem?.name;
    this.selection.show(scene);
    this.exploring.trail = null;
    const isAnother = this.document.exploring || (this.#shown.isPreview && !isPreview);
    if (isSame && isAnother && before) this.#travel(before, scene, selected);
    else this.navigation[isSame ? 'reopen' : 'open'](scene.bounds, this.#startOf(scene));
    const camera = isSame ? null : this.links.arrived(path);
    if (camera) this.navigation.put(camera);
    this.document.exploring = false;
    this.#shown = { revision, document, isPreview };
  }

  /** A picture of objects begins with the one that it is of. */
  #startOf(scene: Scene): Point | null {
    return this.document.state.grows && scene.nodes.length > 0 ? middle(scene, 0) : null;
  }

  /** From one part of a graph to another; what the eye is on stays under it. */
  #travel(from: Scene, to: Scene, selected: string | undefined): void {
    const seen = visibleBox(this.navigation.camera, this.navigation.viewport);
    this.navigation.change(to.bounds, anchorBetween(from, to, selected, seen), (t) => {
      this.transition = t < 1 ? { from, t } : null;
    });
  }

  #dismissedImages = $state.raw<readonly string[]>([]);
  /** A folder whose images are not shown, until its user answers. */
  readonly askedImages = $derived.by(() =>
    this.document.state.refusedFolders.find((folder) => !this.#dismissedImages.includes(folder)),
  );
  dismissImages = (folder: string) => (this.#dismissedImages = [...this.#dismissedImages, folder]);

  dismiss = (problem: Problem) => (this.#dismissed = JSON.stringify(problem));

  needsPicture = () => (this.selection.scene ? null : 'There is no picture');
  needsSelection = () => (this.selection.selectedItem ? null : 'Select a node or an edge first');

  open = async () => {
    if (this.document.hasDialogs) await this.document.choose();
    else await this.document.openFiles(await chooseFiles(openableExtensions.join()));
  };

  /** Selects a node and, if it is not well in view, flies there. */
  goTo = (node: number) => {
    const { scene } = this.selection;
    if (!scene) return;
    this.selection.select({ kind: 'node', index: node }, 'keyboard');
    const box = scene.nodes[node].bounds;
    const view = visibleBox(this.navigation.camera, this.navigation.viewport);
    const inView = box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];
    if (!inView || this.outlineOpen) this.navigation.centre(middle(scene, node));
  };

  /** The same of an edge or a cluster. */
  goToTarget = (target: Target) => {
    const { scene } = this.selection;
    if (!scene) return;
    if (target.kind === 'node') this.goTo(target.index);
    else {
      this.selection.select(target, 'keyboard');
      this.navigation.centre(boxMiddle(this.selection.selectedItem!.bounds));
    }
  };

  walk = (direction: Direction) => {
    const { scene, selected, edgesByNode } = this.selection;
    if (!scene) return;
    const next =
      selected?.kind === 'node'
        ? neighbourTowards(scene, edgesByNode[selected.index], selected.index, direction)
        : nearestNode(scene, centreOf(this.navigation.camera, this.navigation.viewport));
    if (next !== null) this.goTo(next);
  };

  activate = () => {
    const { scene, selected, selectedItem } = this.selection;
    if (!scene || !selected || !selectedItem) return;
    if (selectedItem.url) this.openLink(selectedItem.url);
    else if (selected.kind === 'edge')
      this.navigation.centre(middle(scene, scene.edges[selected.index].tail));
    else if (selected.kind === 'node' && this.growing.isPossible) this.growing.expandSelected();
    else this.navigation.centre(boxMiddle(selectedItem.bounds));
  };

  openLink = (url: string, answer?: 'once' | 'always') => this.#follow(() => this.links.open(url, answer));

  /** To where the window looked before, or to the graph whose link led here. */
  get canGoBack(): boolean {
    return this.navigation.canGoBack || this.links.canGoBack;
  }

  get canGoForward(): boolean {
    return this.navigation.canGoForward || this.links.canGoForward;
  }

  back = () => (this.navigation.canGoBack ? this.navigation.back() : this.#follow(this.links.back));
  forward = () =>
    this.navigation.canGoForward ? this.navigation.forward() : this.#follow(this.links.forward);

  #follow(way: () => Promise<unknown>): void {
    this.document.failure = null;
    way().catch((error: unknown) => (this.document.failure = messageOf(error)));
  }

  find = () => {
    if (this.selection.scene) this.search.ask();
  };

  closeFind = () => {
    this.search.open = false;
    this.handle.focus();
  };

  goToFound = (by: 1 | -1) => {
    const found = this.search.step(by);
    if (!found) return;
    this.selection.select(found, 'pointer');
    const { scene } = this.selection;
    this.navigation.visit(this.search.box!, (scene && sizeOfText(scene, found)) ?? undefined);
  };

  /** For the keyboard: on what is selected. */
  openMenu = () => {
    const { selectedItem } = this.selection;
    if (selectedItem) this.menuAt = toScreen(this.navigation.camera, boxMiddle(selectedItem.bounds));
  };

  /** For the mouse: on what is under it. A selection of several stays when it is opened on one of them. */
  openMenuOn = (target: Target | null, at: Point) => {
    const { selection } = this;
    if (!selection.includes(target)) selection.select(target, 'pointer');
    else if (target) selection.turnTo(target);
    this.menuAt = at;
  };

  closeMenu = () => {
    this.menuAt = null;
    this.handle.focus();
  };

  copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      this.notice = `${what} is copied`;
    } catch {
      this.document.failure = `${what} could not be copied: the browser does not allow it.`;
    }
  };

  /** Hands the clipboard promises: when their content is ready, a browser might no longer allow to copy. */
  copyAs = async (content: Record<string, Promise<Blob>>, what: string) => {
    try {
      await navigator.clipboard.write([new ClipboardItem(content)]);
      this.notice = `${what} is copied`;
    } catch (error) {
      const reason = messageOf(error);
      this.document.failure = `${what} could not be copied: ${reason}`;
    }
  };

  /** What the window shows of the scene; null when nothing of it. */
  visiblePart = (): Box | null => {
    const { scene } = this.selection;
    const view = visibleBox(this.navigation.camera, this.navigation.viewport);
    const part = scene && intersection(view, scene.bounds);
    return part && !isEmpty(part) ? part : null;
  };

  addBookmark = (name: string) => {
    const { camera, viewport } = this.navigation;
    inBackground(this.bookmarks.add(name, { ...centreOf(camera, viewport), zoom: camera.zoom }));
  };

  goToBookmark = async (index: number) => {
    this.document.exploring = true;
    const place = await this.bookmarks.go(index);
    if (place) this.navigation.look(place, place.zoom);
    else this.document.failure = this.bookmarks.problem;
  };

  print = () => {
    if (!this.selection.scene) return;
    printScene(this.selection.scene).catch((error: unknown) => (this.document.failure = messageOf(error)));
  };

  escape = () => {
    if (this.handle.halt()) return;
    if (this.search.open) this.closeFind();
    else if (this.outlineOpen) this.outlineOpen = false;
    else if (this.exploring.trail) this.exploring.trail = null;
    else this.selection.select(null, 'keyboard');
  };
}
