// What is built on top of the library imports the library's own file, not a copy of it: its objects are its own.
import type { Plugin } from 'vite';

/** @param file the library as a path relative to what is built */
export const ownLibrary = (file: './index.js' | './index.cjs'): Plugin => ({
  name: 'library',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/objgraph/index.ts') ? { id: file, external: true } : null),
});
