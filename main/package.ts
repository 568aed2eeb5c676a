// What this package knows of itself: where it is installed, where its built files are, its version.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with our package.json: found upwards, because the built files are cut into chunks at several depths. */
const packageFolder = findPackageFolder(dirname(fileURLToPath(import.meta.url)));

/** The built files: the page, the fonts, the workers. */
export const distFolder = join(packageFolder, 'dist');

export const version: string = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;

function findPackageFolder(folder: string): string {
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
