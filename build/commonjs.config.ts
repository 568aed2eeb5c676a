// What must be CommonJS: the library for require(), and Electron's preload (a sandboxed preload cannot be a module).
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    lib: {
      entry: {
        preload: resolve(root, 'main/preload.ts'),
      },
      formats: ['cjs'],
    },
    rolldownOptions: {
      external: [...builtinModules, /^node:/, 'electron'],
      platform: 'node',
      output: { entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
    },
  },
});
