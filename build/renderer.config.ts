// The renderer: one page with its fonts, served from dist/renderer by both hosts. The fonts keep their names and stand in one
// place, because pictures (main/export/png.ts) are drawn with them too.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { thirdPartyLicences } from './licences.ts';

const root = resolve(import.meta.dirname, '..');

/** All of them and their licence, whether or not the page names them. */
const fonts: Plugin = {
  name: 'fonts',
  writeBundle: ({ dir }) =>
    cpSync(resolve(root, 'shared/fonts'), resolve(dir!, 'fonts'), { recursive: true }),
};

/** The page without its program: see the spare page in main/viewer/chromium.ts. */
const sparePage: Plugin = {
  name: 'spare page',
  writeBundle({ dir }) {
    const page = readFileSync(resolve(dir!, 'index.html'), 'utf8');
    const script = /<script type="module"([^>]*) src=("[^"]*")><\/script>/;
    if (!script.test(page)) throw new Error('index.html has no script');
    writeFileSync(resolve(dir!, 'spare.html'), page.replace(script, '<link rel="modulepreload"$1 href=$2>'));
  },
};

export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [svelte({ configFile: false }), fonts, sparePage, thirdPartyLicences()],
  build: {
    outDir: resolve(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome120',
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.ttf'))
            ? 'fonts/[name][extname]'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
