// A picture of what keeps a leak: the objects from the window on, as the chain names them.
import { writePicture } from '../../shared/dot/write-picture.ts';
import { HolderWords } from '../../shared/heap/suspects/holder-words.ts';
import { NodeType } from '../../shared/heap/node-types.ts';
import { pictureOfPaths } from '../../shared/picture/draw-picture.ts';
import { wordsOfHeap } from '../../shared/picture/words.ts';
import { renderDot } from '../export/render.ts';
import type { LeakPath } from './page-report.ts';

/** @returns SVG */
export async function pictureOfLeak({ analysis, stations }: LeakPath): Promise<string> {
  const { names, references } = new HolderWords(analysis, process.cwd());
  const heap = wordsOfHeap({ analysis, names, references, hasSizes: false });
  const shown = stations.filter(({ node }) => node >= 0);
  // The arrow of each station names what enters it; the path has an edge by the object that it leaves.
  const path = shown.map(({ node }, i) => ({ node, edge: i + 1 < shown.length ? i + 1 : -1 }));
  const texts = new Map(shown.map(({ node, text }) => [node, text]));
  const words = {
    ...heap,
    reference: (_owner: number, edge: number) => shown[edge]?.arrow ?? '',
    card: (node: number) => {
      const card = heap.card(node);
      if (analysis.graph.nodeTypes[node] !== NodeType.native) return card;
      return { ...card, type: texts.get(node) ?? card.type, text: '' };
    },
  };
  const { data } = await renderDot(writePicture(pictureOfPaths(analysis, [path], words)).dot, {
    format: 'svg',
  });
  return String(data);
}
