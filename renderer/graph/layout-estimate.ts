// How long layouts of a large graph take, roughly, and which way to a picture is the best: by its nodes and by how many edges
// there are to each. Fitted to random graphs of 2,000 and 5,000 nodes on one core of a laptop.

export interface Recommendation {
  way: 'settings' | 'sfdp';
  /** Seconds. */
  estimate: number;
}

/** Edges that point downwards are not worth a longer wait than this. */
const longest = 60;

export function recommend(nodes: number, edges: number): Recommendation {
  // A tree of 2,000 nodes takes `dot` a second with straight edges; with half as many edges more, seven.
  const density = Math.max(1, edges / Math.max(1, nodes));
  const settings = (nodes / 2000) * Math.exp(4 * (density - 1));
  if (settings <= longest) return { way: 'settings', estimate: Math.max(1, Math.round(settings)) };
  return { way: 'sfdp', estimate: Math.max(1, Math.round(nodes / 2000)) };
}
