// The library, `import 'objgraph'` and `require('objgraph')`: one file each, with nothing in it but itself. One file is
// one scope, and by that scope the library finds its own objects, to leave them out of every answer.
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  publicDir: false,
  resolve: {
    // As modules: what is wrapped in a function of its own is in no scope by which the library finds its own objects.
    alias: ['trace-mapping', 'resolve-uri', 'sourcemap-codec'].map((name) => ({
      find: `@jridgewell/${name}`,
      replacement: resolve(root, `node_modules/@jridgewell/${name}/dist/${name}.mjs`),
    })),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    lib: {
      entry: { index: resolve(root, 'shared/objgraph/index.ts') },
      formats: ['es', 'cjs'],
      fileName: (format) => (format === 'es' ? 'index.js' : 'index.cjs'),
    },
    rolldownOptions: {
      checks: { pluginTimings: false },
      external: [...builtinModules, /^node:/],
      platform: 'node',
      // Not `var`, Vite's default: V8 takes a `const` of a module as the number it is, and reads heaps a third faster.
      output: { topLevelVar: false },
      // Fields set by constructors: V8 makes a function of every class that has native ones, which no scope leads to.
      transform: { target: 'es2021', assumptions: { setPublicClassFields: true } },
    },
  },
});
