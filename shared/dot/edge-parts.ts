// The ends and labels of an edge that have a tooltip or a link of their own: `headtooltip`, `tailURL`, `labelhref` and so on
// (https://graphviz.org/docs/attrs/headtooltip/).
import { isEmpty } from '../scene/bounds.ts';
import { boundsOfShapes } from '../scene/shapes.ts';
import type { Part, Shape } from '../scene/scene.ts';
import { expandEscapes, type Substitutions } from './escape-string.ts';
import { attribute, type Attributes } from './xdot-graph.ts';

/** Which drawings make up a part: its label, and the arrow at it. */
const layersOf = { head: ['_hldraw_', '_hdraw_'], tail: ['_tldraw_', '_tdraw_'], label: ['_ldraw_'] };

/** `shapesIn` gives what was read from a layer. */
export function readEdgeParts(
  item: Attributes,
  substitutions: Substitutions,
  shapesIn: (layer: string) => Shape[],
): Part[] {
  return Object.entries(layersOf).flatMap(([name, layers]) => {
    const text = (...suffixes: string[]) => {
      const found = suffixes.map((suffix) => attribute(item, name + suffix)).find(Boolean);
      return found ? expandEscapes(found, substitutions) : null;
    };
    const tooltip = text('tooltip');
    const url = text('URL', 'href');
    if (tooltip === null && url === null) return [];
    // A box for each: the label may lie apart from the arrow.
    const boxes = layers.map((layer) => boundsOfShapes(shapesIn(layer))).filter((box) => !isEmpty(box));
    return boxes.map((bounds) => ({ tooltip, url, bounds }));
  });
}
