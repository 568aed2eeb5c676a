// `objgraph/vitest`: on top of the library's own file, not with a copy of it.
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
      entry: { vitest: resolve(root, 'shared/matchers/vitest.ts') },
      formats: ['es'],
      fileName: () => 'vitest.js',
    },
    rolldownOptions: {
      checks: { pluginTimings: false },
      external: ['vitest'],
    },
  },
});
