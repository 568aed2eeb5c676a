// What this package knows of itself: where it is installed, where its built files are, its version.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with our package.json: found upwards, because the built files are cut into chunks at several depths. */
const packageFolder = findPackageFolder(dirname(fileURLToPath(import.meta.url)));

/** The built files: the page, the fonts, the workers. */
export const distFolder = join(packageFolder, 'dist');

export const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  version: string;
};

/** @throws Error when no folder above has a package.json: the built files were moved away from it */
export function findPackageFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder))
      throw new Error(`There is no package.json above ${start}: install objgraph again`);
  }
}
