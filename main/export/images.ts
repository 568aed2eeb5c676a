// The images that a graph names, from the folder of its own file and from those that its user has allowed: a graph from a
// stranger must not bring other files of the user into a picture that is passed on.
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import localPath, { delimiter, dirname, resolve, sep } from 'node:path';
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
const maxImages = 1000;
/** Unpacked, each takes four bytes: a small file may say that it is a huge image. */
const maxPixels = 64e6;

export interface FoundImages {
  images: GraphImage[];
  /** Folders outside of the graph's own in which there are images that it names: to be shown, their user has to allow them. */
  refusedFolders: string[];
}

/** Those that are there and may be shown; Graphviz warns of the others. `file` is null for a text that has no folder. */
export const findImages = async (
  dot: string,
  file: string | null,
  allowedFolders: readonly string[] = [],
): Promise<GraphImage[]> => (await lookForImages(dot, file, allowedFolders)).images;

/** @param allowedFolders absolute: images in them and in their own folders may be shown, too */
export async function lookForImages(
  dot: string,
  file: string | null,
  allowedFolders: readonly string[],
): Promise<FoundImages> {
  const { names, paths } = imageNamesIn(dot);
  names.delete('');
  const nothing = { images: [], refusedFolders: [] };
  if (file === null || names.size === 0) return nothing;
  const folder = await realpath(dirname(resolve(file))).catch(() => null);
  if (folder === null) return nothing;
  const places = [folder, ...paths.map((path) => resolve(folder, path))];
  const mayRead = (path: string) => [folder, ...allowedFolders].some((allowed) => isInside(path, allowed));
  const images: GraphImage[] = [];
  const refused = new Set<string>();
  let left = mostBytes;
  for (const name of [...names].slice(0, maxImages)) {
    const found = await existing(pathsOf(name, places, [folder, ...allowedFolders]));
    const path = found.find(mayRead);
    if (path === undefined) {
      const outside = found.find((each) => imageFile.test(each));
      if (outside !== undefined) refused.add(dirname(outside));
      continue;
    }
    const image = await readImage(path, name, Math.min(left, largestImage));
    if (!image) continue;
    images.push(image);
    left -= image.data.length;
  }
  return { images, refusedFolders: commonFolders([...refused]) };
}

const isInside = (path: string, folder: string, separator = sep) =>
  path.startsWith(folder.endsWith(separator) ? folder : folder + separator);

/**
 * Where an image of this name may lie. A graph must not have us look on another computer, where Windows would log in with its
 * user's name and password, unless it lies there itself.
 */
export function pathsOf(
  name: string,
  places: readonly string[],
  allowed: readonly string[],
  { resolve, sep }: Pick<typeof import('node:path'), 'resolve' | 'sep'> = localPath,
): string[] {
  const isRemote = (path: string) => /^[\\/]{2}/.test(path);
  return places
    .map((place) => resolve(place, name))
    .filter((path) => !isRemote(path) || allowed.some((folder) => isInside(path, folder, sep)));
}

/** Others are not asked for, whatever a graph calls them. */
const imageFile = /\.(?:png|jpe?g|gif|svg)$/i;

/** Where files of this name really are: a link may lead out of the folder. */
async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => realpath(path).catch(() => null)));
  return found.filter((path) => path !== null);
}

/** One folder for all of them, to ask once, where it is narrow enough for that: no home, and nothing above one. */
function commonFolders(folders: readonly string[]): string[] {
  if (folders.length < 2) return [...folders];
  const [first, ...others] = folders.map((folder) => folder.split(sep));
  let length = first.length;
  for (const parts of others)
    while (parts.slice(0, length).join(sep) !== first.slice(0, length).join(sep)) length--;
  const common = first.slice(0, length).join(sep);
  const isNarrow = length > 3 && common !== homedir();
  return isNarrow ? [common] : [...folders].sort();
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

async function readImage(path: string, name: string, mostBytes: number): Promise<GraphImage | null> {
  try {
    const bytes = await readPlainFile(path, mostBytes);
    const header = bytes && readImageHeader(bytes);
    if (!header) return null;
    const { type, width, height } = header;
    if (width * height > maxPixels) return null;
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
    if (!stats.isFile() || stats.size > mostBytes) return null;
    // Not by readFile, which reads on where a file is longer than it says.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stats.size), 0, stats.size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
