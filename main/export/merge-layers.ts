// Graphviz's SVG of a graph with layers, each of which has white paper that hides those below, and all items that several layers
// share once more. One picture: the paper once, and each item in the first of its layers.

const layer = /<g id="([^"]*)" class="layer">/g;
const item = /<g id="([^"]*)" class="(?:node|edge|cluster)">/g;

export function mergeLayers(svg: string): string {
  const layers = [...svg.matchAll(layer)];
  if (layers.length < 2) return svg;
  const ends = layers.map(({ index }) => endOfGroup(svg, index));
  const drawn = new Set<string>();
  let merged = svg.slice(0, layers[0].index);
  for (const [i, found] of layers.entries()) {
    const text = svg.slice(found.index, ends[i]);
    merged += withoutDrawn(i === 0 ? text : withoutPaper(text), found[1], drawn);
    merged += svg.slice(ends[i], layers.at(i + 1)?.index);
  }
  return merged;
}

/** The page is the first shape of a graph, before its first item. */
function withoutPaper(text: string): string {
  const first = item.exec(text)?.index ?? text.length;
  item.lastIndex = 0;
  return text.slice(0, first).replace(/<polygon\b[^>]*\/>\n?/, '') + text.slice(first);
}

function withoutDrawn(text: string, name: string, drawn: Set<string>): string {
  let kept = '';
  let from = 0;
  for (const found of text.matchAll(item)) {
    const key = plainId(found[1], name);
    if (!drawn.has(key)) {
      drawn.add(key);
      continue;
    }
    kept += text.slice(from, found.index);
    from = endOfGroup(text, found.index);
  }
  return kept + text.slice(from);
}

/** Graphviz puts the layer's name before and behind the ids of items in all but the first layer. */
function plainId(id: string, layer: string): string {
  const [before, behind] = [`${layer}_`, `_${layer}`];
  const rest = id.startsWith(before) ? id.slice(before.length) : id;
  return rest.endsWith(behind) ? rest.slice(0, -behind.length) : rest;
}

/** Behind the `</g>` that closes the group which begins at `start`. */
function endOfGroup(svg: string, start: number): number {
  const tag = /<(\/?)g\b/g;
  tag.lastIndex = start;
  let depth = 0;
  for (let found = tag.exec(svg); found; found = tag.exec(svg)) {
    depth += found[1] ? -1 : 1;
    if (depth === 0) return svg.indexOf('>', found.index) + 1;
  }
  return svg.length;
}
