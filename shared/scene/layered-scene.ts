// Layers of one graph as one picture: the same items, each drawn where the first of its layers has it.
import { isEmpty, union } from './bounds.ts';
import type { Box, Scene, Shape } from './scene.ts';

interface Item {
  bounds: Box;
  shapes: Shape[];
  label: string;
}

/** `layers` have the same items in the same order, from bottom to top; those that a layer does not show have no shapes. */
export function layeredScene([first, ...others]: readonly Scene[]): Scene {
  const merge = <T extends Item>(items: T[], itemsOf: (scene: Scene) => T[]): T[] =>
    items.map((item, i) => {
      if (item.shapes.length > 0) return item;
      return others.map((scene) => itemsOf(scene)[i]).find((other) => other.shapes.length > 0) ?? item;
    });
  const merged = {
    nodes: merge(first.nodes, ({ nodes }) => nodes),
    edges: merge(first.edges, ({ edges }) => edges),
  };
  // A cluster that a layer does not draw is not in its scene at all.
  const clusters = [first, ...others].flatMap((scene) => scene.clusters);
  const byName = new Map(clusters.toReversed().map((cluster) => [cluster.name, cluster]));
  const bounds = others.reduce(
    (box, scene) => (isEmpty(scene.bounds) ? box : union(box, scene.bounds)),
    first.bounds,
  );
  const order = [...new Set(clusters.map(({ name }) => name))];
  return { ...first, ...merged, bounds, clusters: order.map((name) => byName.get(name)!) };
}
