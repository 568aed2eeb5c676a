// The images that a graph names, from the folder of its own file and from nowhere else: a graph from a stranger must not
// bring other files of the user into a picture that is passed on.
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { attributesIn } from '../../shared/dot/attributes.ts';
import { decodeEntities } from '../../shared/dot/escape-string.ts';
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
/** Of all together. */
const mostBytes = 64 * 2 ** 20;
const mostImages = 1000;
/** Unpacked, each takes four bytes: a small file may say that it is a huge image. */
const mostPixels = 64e6;

/** Those that are there; Graphviz warns of the others. `file` is null for a text that has no folder. */
export async function findImages(dot: string, file: string | null): Promise<GraphImage[]> {
  const names = imageNamesIn(dot);
  names.delete('');
  if (file === null || names.size === 0) return [];
  const folder = await realpath(dirname(resolve(file))).catch(() => null);
  if (folder === null) return [];
  const found: GraphImage[] = [];
  let left = mostBytes;
  for (const name of [...names].slice(0, mostImages)) {
    const image = await readImage(folder, name, Math.min(left, largestImage));
    if (!image) continue;
    found.push(image);
    left -= image.data.length;
  }
  return found;
}

const imageTag = /<img\b[^<>]*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

function imageNamesIn(dot: string): Set<string> {
  const names = new Set<string>();
  // Most graphs have none: they need not be read again.
  if (!/image|shapefile|<img/i.test(dot)) return names;
  for (const { name, value, isHtml } of attributesIn(dot)) {
    if (name === 'image' || name === 'shapefile') names.add(value);
    if (isHtml)
      for (const [, source, other] of value.matchAll(imageTag)) names.add(decodeEntities(source ?? other));
  }
  return names;
}

async function readImage(folder: string, name: string, mostBytes: number): Promise<GraphImage | null> {
  try {
    // Where it really is: a link may lead out of the folder.
    const path = await realpath(resolve(folder, name));
    if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return null;
    const bytes = await readPlainFile(path, mostBytes);
    const header = bytes && readImageHeader(bytes);
    if (!header) return null;
    const { type, width, height } = header;
    if (width * height > mostPixels) return null;
    return { name, width, height, data: `data:${type};base64,${bytes.toString('base64')}` };
  } catch {
    return null;
  }
}

/** Not by a link that was laid after we looked, nor a pipe on which one could wait for ever. */
async function readPlainFile(path: string, mostBytes: number): Promise<Buffer | null> {
  // Windows has only the first.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK }: Partial<typeof constants> & { O_RDONLY: number } = constants;
  const file = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    return stats.isFile() && stats.size <= mostBytes ? await file.readFile() : null;
  } finally {
    await file.close();
  }
}
