// The library, the commands and everything else that runs in Node, as ES modules; then the library as CommonJS.
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '..');
const external = [
  ...builtinModules,
  /^node:/,
  'electron',
  'ws',
  '@hpcc-js/wasm-graphviz',
  '@resvg/resvg-js',
];

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
        index: resolve(root, 'shared/objgraph/index.ts'),
        cli: resolve(root, 'main/cli.ts'),
        xdot: resolve(root, 'main/xdot.ts'),
        electron: resolve(root, 'main/electron.ts'),
        'layout-worker': resolve(root, 'main/workers/layout-worker.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external,
      platform: 'node',
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
