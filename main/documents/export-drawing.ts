// The picture of a document as a file: all of it or a part, and what the file is called.
import { withoutGraphExtension } from '../../shared/file-formats.ts';
import type { ExportFormat } from '../../shared/protocol.ts';
import { intersection, isEmpty } from '../../shared/scene/bounds.ts';
import type { SceneFrame } from '../../shared/scene/packed-scene.ts';
import type { Box } from '../../shared/scene/scene.ts';
import type { Crop } from '../export/crop-svg.ts';
import type { LayoutTask } from '../workers/layout-worker.ts';
import { exportGraph } from './layout.ts';

export interface ExportOptions {
  format: ExportFormat;
  scale: number;
  /** In the scene's points; all of the picture without it. */
  part?: Box;
}

/** @throws Error in words when nothing lies in the part, or the format cannot be written here */
export function exportDrawing(
  drawn: LayoutTask,
  frame: SceneFrame,
  { format, scale, part }: ExportOptions,
  signal: AbortSignal,
): Promise<{ data: Uint8Array; warnings: string[] }> {
  return exportGraph({ ...drawn, format, scale, crop: part && cropOf(frame, part) }, signal);
}

/** The name of an export without its ending. A picture of a heap has a title with signs that no file may have in its name. */
export function exportName(title: string, isHeapPicture: boolean): string {
  if (!isHeapPicture) return withoutGraphExtension(title);
  const name = title.replace(/[^\p{L}\p{N}.#$-]+/gu, ' ').trim();
  return name.slice(0, 80) || 'objgraph';
}

/** @throws Error when nothing is drawn there */
function cropOf({ bounds }: SceneFrame, part: Box): Crop {
  const inside = intersection(part, bounds);
  if (isEmpty(inside)) throw new Error('Nothing of the picture is in view');
  const [left, top, right] = bounds;
  return {
    part: [inside[0] - left, inside[1] - top, inside[2] - left, inside[3] - top],
    width: right - left,
  };
}
