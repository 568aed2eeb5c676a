// A graph as a Scene: laid out by Graphviz, and read.
import { layersIn, withLayers } from '../../shared/dot/layers.ts';
import { mayLinkCells } from '../../shared/dot/linked-cells.ts';
import { readXdot } from '../../shared/dot/read.ts';
import { layeredScene } from '../../shared/scene/layered-scene.ts';
import type { NodeRef, Scene } from '../../shared/scene/scene.ts';
import { nodeNames, runGraphviz, type LayoutRequest } from './graphviz.ts';

/**
 * Its images are named in it, and not in it yet.
 * @throws GraphvizError when Graphviz refuses the graph; GraphvizOutputError when it cannot be read
 */
export async function layOutScene({
  refs,
  order: known,
  ...request
}: Omit<LayoutRequest, 'format'> & {
  refs?: Record<string, NodeRef>;
  /** The names of the nodes in the order of the text, where they are known. */
  order?: readonly string[];
}): Promise<{
  scene: Scene;
  warnings: string[];
}> {
  const order = known ?? (await nodeNames(request.dot));
  const selected = layersIn(request.dot)?.selected ?? [];
  const texts = selected.length > 1 ? selected.map((name) => withLayers(request.dot, name)) : [request.dot];
  const scenes: Scene[] = [];
  const warnings = new Set<string>();
  for (const dot of texts) {
    const { output, warnings: more } = await runGraphviz({ ...request, dot, format: 'xdot' });
    for (const warning of more) warnings.add(warning);
    scenes.push(readXdot(output, { order, svg: await svgOf({ ...request, dot }) }));
  }
  const scene = scenes.length > 1 ? layeredScene(scenes) : scenes[0];
  for (const node of scene.nodes) if (refs && Object.hasOwn(refs, node.name)) node.ref = refs[node.name];
  return { scene, warnings: [...warnings] };
}

/** It costs a second layout: only for what xdot lacks. */
async function svgOf(request: Omit<LayoutRequest, 'format'>): Promise<string | null> {
  return mayLinkCells(request.dot) ? (await runGraphviz({ ...request, format: 'svg' })).output : null;
}
