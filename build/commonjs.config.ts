// What must be CommonJS: Electron's preload (a sandboxed preload cannot be a module), and `objgraph/jest`, on top of the
// library's own file (Jest loads CommonJS for both kinds of import).
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { ownLibrary } from './own-library.ts';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  publicDir: false,
  plugins: [ownLibrary('./index.cjs')],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    lib: {
      entry: {
        preload: resolve(root, 'main/preload.ts'),
        jest: resolve(root, 'shared/matchers/jest.ts'),
      },
      formats: ['cjs'],
    },
    rolldownOptions: {
      checks: { pluginTimings: false },
      external: [...builtinModules, /^node:/, 'electron', '@jest/globals'],
      platform: 'node',
      output: { entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
    },
  },
});
