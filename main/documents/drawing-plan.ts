// What is laid out for a document: the text of one graph, without what is hidden, of one layer, in the chosen look, with its images.
import { layersIn, withLayers } from '../../shared/dot/layers.ts';
import { isPlain, withModernLook } from '../../shared/dot/modern-look.ts';
import type { DocumentState } from '../../shared/protocol.ts';
import { readAllowed } from '../allowed.ts';
import { lookForImages } from '../export/images.ts';
import type { LayoutTask } from '../workers/layout-worker.ts';

export interface DrawingOptions {
  /** The layer that is drawn alone, if the graph has it. */
  layer: string | null;
  modernLook: boolean;
  /** A file that brings its own look may be restyled; pictures of heaps and given positions are not. */
  mayRestyle: boolean;
  /** The file that relative images belong to. */
  path: string | null;
}

export interface DrawingPlan extends Pick<LayoutTask, 'dot' | 'images'> {
  /** What the document's state says of this graph, whether or not it can be laid out. */
  facts: Pick<DocumentState, 'layers' | 'layer' | 'isPlain' | 'refusedFolders'>;
  warnings: string[];
}

export async function planDrawing(
  text: string,
  explored: string,
  options: DrawingOptions,
  signal: AbortSignal,
): Promise<DrawingPlan> {
  const layers = layersIn(text)?.names ?? [];
  const layer = layers.find((name) => name === options.layer) ?? null;
  const layered = layer === null ? explored : withLayers(explored, layer);
  const { mayRestyle } = options;
  const dot = options.modernLook && mayRestyle ? withModernLook(layered) : layered;
  const allowed = readAllowed().imageFolders;
  const found = await lookForImages(dot, options.path, allowed, { signal });
  const { images, refusedFolders, warnings } = found;
  return {
    dot,
    images,
    facts: { layers, layer, isPlain: mayRestyle && isPlain(layered), refusedFolders },
    warnings,
  };
}
