// A scene on its way to the window: cut into parts that are written and read in a few milliseconds each, so that a large
// one blocks nobody. The layout thread packs it, main hands it on as it is, the page unpacks it.
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

/** Parts as they come, one after the other, and then their scene. */
export class SceneUnpacking {
  #nodes: Scene['nodes'][] = [];
  #edges: Scene['edges'][] = [];

  add({ of, json }: ScenePart): void {
    if (of === 'nodes') this.#nodes.push(JSON.parse(json) as Scene['nodes']);
    else this.#edges.push(JSON.parse(json) as Scene['edges']);
  }

  /** With all parts since the last scene. */
  finish(frame: SceneFrame): Scene {
    const scene = { ...frame, nodes: this.#nodes.flat(), edges: this.#edges.flat() };
    this.#nodes = [];
    this.#edges = [];
    return scene;
  }
}

export function unpackScene({ frame, parts }: PackedScene): Scene {
  const unpacking = new SceneUnpacking();
  for (const part of parts) unpacking.add(part);
  return unpacking.finish(frame);
}
