// A scene on its way to the window: cut into parts that are written and read in a few milliseconds each, so that a large
// one blocks nothing. The layout thread packs it, main passes it on unread, the page unpacks it.
import type { Scene } from './scene.ts';

/** All of a scene but its nodes and edges, of which there may be many. */
export type SceneFrame = Omit<Scene, 'nodes' | 'edges'>;

/** A list of nodes or edges as JSON. */
export interface ScenePart {
  of: 'nodes' | 'edges';
  json: string;
}

export interface PackedScene {
  frame: SceneFrame;
  /** In the order of the scene. */
  parts: ScenePart[];
}

/** Nodes or edges of a part: some 300 kB of JSON. */
const portion = 500;

export function packScene({ nodes, edges, ...frame }: Scene): PackedScene {
  return { frame, parts: [...partsOf('nodes', nodes), ...partsOf('edges', edges)] };
}

function* partsOf(of: ScenePart['of'], items: readonly unknown[]): Generator<ScenePart> {
  for (let start = 0; start < items.length; start += portion)
    yield { of, json: JSON.stringify(items.slice(start, start + portion)) };
}

/** A part on its way to the page, with the revision of the picture that it is of. */
export interface SentPart extends ScenePart {
  revision: number;
}

/** Parts as they come, one after the other, and then their scene. */
export class SceneUnpacking {
  #revision = -1;
  #nodes: Scene['nodes'][] = [];
  #edges: Scene['edges'][] = [];

  /** Parts of an older picture are dropped: those that are here already, and one that comes late. */
  add({ revision, of, json }: SentPart): void {
    if (revision < this.#revision) return;
    if (revision > this.#revision) this.#begin(revision);
    if (of === 'nodes') this.#nodes.push(JSON.parse(json) as Scene['nodes']);
    else this.#edges.push(JSON.parse(json) as Scene['edges']);
  }

  /** With all parts of this revision. */
  finish(frame: SceneFrame, revision: number): Scene {
    if (revision !== this.#revision) this.#begin(revision);
    const scene = { ...frame, nodes: this.#nodes.flat(), edges: this.#edges.flat() };
    this.#begin(revision);
    return scene;
  }

  #begin(revision: number): void {
    this.#revision = revision;
    this.#nodes = [];
    this.#edges = [];
  }
}

export function unpackScene({ frame, parts }: PackedScene): Scene {
  const unpacking = new SceneUnpacking();
  for (const part of parts) unpacking.add({ ...part, revision: 0 });
  return unpacking.finish(frame, 0);
}
