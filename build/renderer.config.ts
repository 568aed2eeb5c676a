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

/** The page loads renderer/socket-host.ts first, and does not wait for the rest of its program. */
const earlyConnection: Plugin = {
  name: 'early connection',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.values(bundle ?? {})
        .filter((chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'socket-host')
        .map(({ fileName }) => ({
          tag: 'script',
          attrs: { type: 'module', crossorigin: true, async: true, src: `./${fileName}` },
          injectTo: 'head-prepend' as const,
        })),
  },
};

/** The page without its program: see the spare page in main/viewer/chromium.ts. */
const sparePage: Plugin = {
  name: 'spare page',
  writeBundle({ dir }) {
    const page = readFileSync(resolve(dir!, 'index.html'), 'utf8');
    const script = /<script type="module"([^>]*) src=("[^"]*")><\/script>/g;
    if (page.match(script)?.length !== 2) throw new Error('index.html has other scripts than two');
    writeFileSync(
      resolve(dir!, 'spare.html'),
      page.replaceAll(script, '<link rel="modulepreload"$1 href=$2>'),
    );
  },
};

export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [svelte({ configFile: false }), fonts, earlyConnection, sparePage, thirdPartyLicences()],
  build: {
    outDir: resolve(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome120',
    rolldownOptions: {
      input: ['index.html', 'socket-host.ts'].map((file) => resolve(root, 'renderer', file)),
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
