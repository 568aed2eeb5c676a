// The files that make up the page: the built renderer and our fonts, by the path of their address. Both hosts serve these.
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { distFolder } from '../package.ts';

export interface PageFile {
  content: Buffer;
  type: string;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Everything comes from us, nothing may be framed, sent or evaluated. */
export const contentSecurityPolicy = (connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const pageFolder = join(distFolder, 'renderer');

/** Reads the file of `/index.html`, `/assets/…` or `/fonts/…`; null when there is none. */
export async function readPageFile(pathname: string): Promise<PageFile | null> {
  const name = decoded(pathname === '/' ? '/index.html' : pathname);
  const type = name === null ? undefined : types[extname(name)];
  if (name === null || type === undefined) return null;
  const file = normalize(join(pageFolder, name));
  if (!file.startsWith(pageFolder + sep)) return null;
  try {
    return { content: await readFile(file), type };
  } catch {
    return null;
  }
}

function decoded(pathname: string): string | null {
  try {
    const name = decodeURIComponent(pathname);
    return name.includes('\0') ? null : name;
  } catch {
    return null;
  }
}
