// A graph as a Scene: laid out by Graphviz, and read.
import { mayLinkCells } from '../../shared/dot/linked-cells.ts';
import { readXdot } from '../../shared/dot/read.ts';
import type { NodeRef, Scene } from '../../shared/scene/scene.ts';
import { nodeNames, runGraphviz, type LayoutRequest } from './graphviz.ts';

/**
 * Its images are named in it, and not in it yet.
 * @throws GraphvizError when Graphviz refuses the graph; GraphvizOutputError when it cannot be read
 */
export async function layOutScene({
  refs,
  ...request
}: Omit<LayoutRequest, 'format'> & { refs?: Record<string, NodeRef> }): Promise<{
  scene: Scene;
  warnings: string[];
}> {
  const { output, warnings } = await runGraphviz({ ...request, format: 'xdot' });
  const order = await nodeNames(request.dot);
  const scene = readXdot(output, { order, svg: await svgOf(request) });
  for (const node of scene.nodes) if (refs && Object.hasOwn(refs, node.name)) node.ref = refs[node.name];
  return { scene, warnings };
}

/** It costs a second layout: only for what xdot does not tell. */
async function svgOf(request: Omit<LayoutRequest, 'format'>): Promise<string | null> {
  return mayLinkCells(request.dot) ? (await runGraphviz({ ...request, format: 'svg' })).output : null;
}
