// The images that a graph names, from the folder of its own file and from nowhere else: a graph from a stranger must not
// bring other files of the user into a picture that is passed on.
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { readImageHeader } from './image-size.ts';

export interface GraphImage {
  /** As the graph names it. */
  name: string;
  /** Pixels, 96 to the inch. */
  width: number;
  height: number;
  /** The whole of it, as a `data:` address. */
  data: string;
}

const largestImage = 16 * 2 ** 20;
const mostImages = 1000;

const attributes = /\b(?:image|shapefile)"?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w./-]+))/gi;
const tags = /<img\b[^>]*?\bsrc\s*=\s*"([^"]*)"/gi;

/** Those that are there; of the others Graphviz warns. `file` is null for a text that has no folder. */
export async function findImages(dot: string, file: string | null): Promise<GraphImage[]> {
  const names = new Set<string>();
  for (const [, quoted, bare] of dot.matchAll(attributes)) names.add(quoted?.replaceAll('\\"', '"') ?? bare);
  for (const [, source] of dot.matchAll(tags)) names.add(source);
  names.delete('');
  if (file === null || names.size === 0) return [];
  const folder = await realpath(dirname(resolve(file))).catch(() => null);
  if (folder === null) return [];
  const found = await Promise.all([...names].slice(0, mostImages).map((name) => readImage(folder, name)));
  return found.filter((image) => image !== null);
}

async function readImage(folder: string, name: string): Promise<GraphImage | null> {
  try {
    // Where it really is: a link may lead out of the folder.
    const path = await realpath(resolve(folder, name));
    if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return null;
    const { size } = await stat(path);
    if (size > largestImage) return null;
    const bytes = await readFile(path);
    const header = readImageHeader(bytes);
    if (!header) return null;
    const { type, width, height } = header;
    return { name, width, height, data: `data:${type};base64,${bytes.toString('base64')}` };
  } catch {
    return null;
  }
}
