// The licences of the packages whose code a part of the build has in it, as a file beside that code.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** @param path of the file that is written; by default in the folder of the output */
export const thirdPartyLicences = (path?: string): Plugin => ({
  name: 'licences',
  writeBundle({ dir }, bundle) {
    const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
    const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
    const texts = [...new Set(folders)].sort().map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(resolve(folder, 'package.json'), 'utf8'),
      ) as Record<string, string>;
      const file = readdirSync(folder).find((each) => /^licen[sc]e/i.test(each));
      const text = file === undefined ? '' : readFileSync(resolve(folder, file), 'utf8').trim();
      return `${name} ${version} (${license})\n\n${text}\n`;
    });
    writeFileSync(path ?? resolve(dir!, 'third-party-licences.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
  },
});
