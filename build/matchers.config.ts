// `objgraph/vitest` and `objgraph/node-test`: on top of the library's own file, not with a copy of it.
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { ownLibrary } from './own-library.ts';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  publicDir: false,
  plugins: [ownLibrary('./index.js')],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    lib: {
      entry: {
        vitest: resolve(root, 'shared/matchers/vitest.ts'),
        'node-test': resolve(root, 'shared/matchers/node-test.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      checks: { pluginTimings: false },
      external: ['vitest', /^node:/],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
