// What a hand or a key can point at in a scene.
import { inflate, overlaps } from '../../shared/scene/bounds.ts';
import type { Scene, SceneEdge, SceneNode } from '../../shared/scene/scene.ts';
import type { Point } from './camera.ts';

export interface Target {
  kind: 'node' | 'edge' | 'cluster';
  index: number;
}

export const sameTarget = (a: Target | null, b: Target | null) =>
  a?.kind === b?.kind && a?.index === b?.index;

export const itemOf = (scene: Scene, { kind, index }: Target): SceneNode | SceneEdge | undefined =>
  scene[lists[kind]][index];

const lists = { node: 'nodes', edge: 'edges', cluster: 'clusters' } as const;

/** What it says and where it leads at a point: an end of an edge, or a cell of a table, may differ from the whole. */
export function linkAt(
  item: SceneNode | SceneEdge,
  { x, y }: Point,
  reach: number,
): { tooltip: string | null; url: string | null } {
  const { parts = [] } = item;
  const within = (reach: number) =>
    parts.find(({ bounds }) => overlaps(inflate(bounds, reach), [x, y, x, y]));
  const part = within(0) ?? within(reach);
  return { tooltip: part?.tooltip ?? item.tooltip, url: part?.url ?? item.url };
}

/** One line to call a node, an edge or a cluster by. */
export const titleOf = (item: { name: string; label: string }) =>
  (item.label || item.name).replaceAll('\n', ' ').trim();

/** A target as a screen reader announces it. */
export function describe(scene: Scene, target: Target): string {
  const item = itemOf(scene, target);
  if (!item) return '';
  if (target.kind === 'node') {
    const into = scene.edges.filter((edge) => edge.head === target.index).length;
    const out = scene.edges.filter((edge) => edge.tail === target.index).length;
    return `${titleOf(item)}: ${into} ${into === 1 ? 'edge' : 'edges'} in, ${out} out`;
  }
  if (target.kind === 'cluster') return `Cluster ${titleOf(item)}`;
  const edge = scene.edges[target.index];
  const [tail, head] = [titleOf(scene.nodes[edge.tail]), titleOf(scene.nodes[edge.head])];
  return `Edge ${edge.label ? `${edge.label} ` : ''}from ${tail} to ${head}`;
}
