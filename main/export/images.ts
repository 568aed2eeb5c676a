// The images that a graph names, from the folder of its own file and from those that its user has allowed: a graph from a
// stranger must not bring other files of the user into a picture that is passed on. A process with limits reads them
// (image-files.ts), which starts only for a graph that names any.
import { delimiter, resolve } from 'node:path';
import { attributesIn } from '../../shared/dot/attributes.ts';
import { decodeEntities } from '../../shared/dot/escape-string.ts';
import type { ImageTask } from './image-files.ts';
import type { ImageHeader } from './image-size.ts';
import type { Limits } from './limited-process.ts';
import { runScript, ScriptFailure } from './limited-script.ts';

export interface GraphImage {
  /** As the graph names it. */
  name: string;
  /** Pixels, 96 to the inch. */
  width: number;
  height: number;
  /** The whole of it, as a `data:` address. */
  data: string;
}

export interface FoundImages {
  images: GraphImage[];
  /** Folders outside of the graph's own in which there are images that it names: to be shown, their user has to allow them. */
  refusedFolders: string[];
  /** Why there are no images, when the process that reads them was ended. */
  warnings: string[];
}

/** What image-process.ts answers: the bytes of the images follow, one after the other. */
export interface ImageAnswer {
  images: (ImageHeader & { name: string; length: number })[];
  refusedFolders: string[];
}

/** Those that are there and may be shown; Graphviz warns of the others. `file` is null for a text that has no folder. */
export const findImages = async (
  dot: string,
  file: string | null,
  allowedFolders: readonly string[] = [],
): Promise<GraphImage[]> => (await lookForImages(dot, file, allowedFolders)).images;

const maxImages = 1000;
const usual: Limits = { memory: 2 ** 29, time: 20_000 };

/** @param allowedFolders absolute: images in them and in their own folders may be shown, too */
export async function lookForImages(
  dot: string,
  file: string | null,
  allowedFolders: readonly string[],
  { limits = usual, signal }: { limits?: Limits; signal?: AbortSignal } = {},
): Promise<FoundImages> {
  const { names, paths } = imageNamesIn(dot);
  names.delete('');
  if (file === null || names.size === 0) return { images: [], refusedFolders: [], warnings: [] };
  const task: ImageTask = {
    names: [...names].slice(0, maxImages),
    paths,
    file: resolve(file),
    allowedFolders,
  };
  try {
    const { head, body } = await runScript('image-process', task, limits, { signal });
    const { images, refusedFolders } = head as ImageAnswer;
    return { images: withData(images, body), refusedFolders, warnings: [] };
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error;
    return { images: [], refusedFolders: [], warnings: [`The images could not be read: ${error.message}`] };
  }
}

function withData(images: ImageAnswer['images'], bytes: Buffer): GraphImage[] {
  let end = 0;
  return images.map(({ name, width, height, type, length }) => {
    const data = bytes.toString('base64', end, (end += length));
    return { name, width, height, data: `data:${type};base64,${data}` };
  });
}

const imageTag = /<img\b[^<>]*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

interface WrittenImages {
  names: Set<string>;
  /** The folders of `imagepath`, in which Graphviz looks, too. */
  paths: string[];
}

function imageNamesIn(dot: string): WrittenImages {
  const names = new Set<string>();
  let paths: string[] = [];
  // Most graphs have none: they need not be read again.
  if (!/image|shapefile|<img/i.test(dot)) return { names, paths };
  for (const { name, value, isHtml, ofGraph } of attributesIn(dot)) {
    if (name === 'image' || name === 'shapefile') names.add(value);
    if (name === 'imagepath' && ofGraph) paths = value.split(delimiter).filter((path) => path !== '');
    if (isHtml)
      for (const [, source, other] of value.matchAll(imageTag)) names.add(decodeEntities(source ?? other));
  }
  return { names, paths };
}
