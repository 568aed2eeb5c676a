// What this package knows of itself: where it is installed, where its built files are, its version.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with our package.json: found upwards, because the built files are cut into chunks at several depths. */
const packageFolder = findPackageFolder(dirname(fileURLToPath(import.meta.url)));

/** The built files: the page, the fonts, the workers. */
export const distFolder = join(packageFolder, 'dist');

interface Manifest {
  version: string;
  /** Of the desktop app: the native modules beside its archive, and their SHA-256 (build/native-modules.mjs). */
  nativeModules?: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as Manifest;

export const { version } = manifest;

/**
 * Checks the native modules of the desktop app. Electron checks the archive that the app is in, and not what has to lie beside
 * it; the list is in the archive.
 * @throws Error when one is not what the app was packed with
 */
export function checkNativeModules(
  folder = packageFolder,
  modules: Record<string, string> = manifest.nativeModules ?? {},
): void {
  for (const [file, expected] of Object.entries(modules)) {
    const checksum = createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
    if (checksum !== expected)
      throw new Error(
        `${basename(file)} is not the one that this app was packed with: install objgraph again`,
      );
  }
}

/** @throws Error when no folder above has a package.json: the built files were moved away from it */
export function findPackageFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder))
      throw new Error(`There is no package.json above ${start}: install objgraph again`);
  }
}
