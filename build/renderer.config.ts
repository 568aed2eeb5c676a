// The renderer: one page, served from dist/renderer by both hosts.
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [svelte({ configFile: false })],
  build: { outDir: resolve(root, 'dist/renderer'), emptyOutDir: true, target: 'chrome120' },
});
