// The image files of a picture: where they may lie, and what they are. This runs in a process of its own (image-process.ts): a
// file may lie on a disk that never answers, and is whatever a stranger made it.
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import localPath, { dirname, resolve, sep } from 'node:path';
import { readImageHeader, type ImageHeader } from './image-size.ts';

/** Which images to read. */
export interface ImageTask {
  names: string[];
  /** Folders in which Graphviz would look, too. */
  paths: string[];
  /** Of the graph. */
  file: string;
  /** Folders whose images their user allows, besides the graph's own. */
  allowedFolders: readonly string[];
}

export interface ImageFile extends ImageHeader {
  /** As the graph names it. */
  name: string;
  bytes: Buffer;
}

const largestImage = 16 * 2 ** 20;
/** Of all together. */
const mostBytes = 48 * 2 ** 20;
/** Unpacked, each takes four bytes: a small file may say that it is a huge image. */
const maxPixels = 64e6;

/** The images that are there and may be shown, and the folders of those that may not. */
export async function readImageFiles({
  names,
  paths,
  file,
  allowedFolders,
}: ImageTask): Promise<{ images: ImageFile[]; refusedFolders: string[] }> {
  const folder = await realpath(dirname(resolve(file))).catch(() => null);
  if (folder === null) return { images: [], refusedFolders: [] };
  const places = [folder, ...paths.map((path) => resolve(folder, path))];
  const mayRead = (path: string) => [folder, ...allowedFolders].some((allowed) => isInside(path, allowed));
  const images: ImageFile[] = [];
  const refused = new Set<string>();
  let left = mostBytes;
  for (const name of names) {
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
    left -= image.bytes.length;
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

async function readImage(path: string, name: string, mostBytes: number): Promise<ImageFile | null> {
  try {
    const bytes = await readPlainFile(path, mostBytes);
    const header = bytes && readImageHeader(bytes);
    if (!header) return null;
    return header.width * header.height > maxPixels ? null : { ...header, name, bytes };
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
