// The commands, the viewer's processes, the threads, and `objgraph/pages` and `objgraph/playwright`, as ES modules.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { thirdPartyLicences } from './licences.ts';
import { protocolFile, viewerProtocol, type AppProtocol } from '../shared/viewer-host/protocol.ts';

const root = resolve(import.meta.dirname, '..');
const external = [
  ...builtinModules,
  /^node:/,
  'electron',
  'ws',
  '@hpcc-js/wasm-graphviz',
  '@resvg/resvg-js',
  '@playwright/test',
];
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
const chunks = resolve(root, 'dist/chunks');
const commands = ['cli', 'xdot'];

export default defineConfig({
  root,
  publicDir: false,
  plugins: [
    {
      // Chunks are named after their content: those of earlier builds would stay, and be packed.
      name: 'chunks',
      writeBundle(_options, bundle) {
        for (const name of readdirSync(chunks))
          if (name.endsWith('.js') && !(`chunks/${name}` in bundle)) rmSync(resolve(chunks, name));
      },
    },
    {
      // The dumper runs in Python.
      name: 'python',
      closeBundle: () =>
        cpSync(resolve(root, 'main/targets/python'), resolve(root, 'dist/python'), {
          recursive: true,
          filter: (file) => !file.endsWith('.ts'),
        }),
    },
    {
      // The desktop app brings it among its resources, where the library reads it: shared/viewer-host/installed-app.ts.
      name: 'protocol',
      closeBundle: () =>
        writeFileSync(
          resolve(root, 'dist', protocolFile),
          `${JSON.stringify({ protocol: viewerProtocol, version } satisfies AppProtocol)}\n`,
        ),
    },
    {
      // For the menu of a desktop: main/desktop/register.ts.
      name: 'icons',
      closeBundle: () => {
        for (const size of ['48x48', '128x128', '256x256'])
          cpSync(resolve(root, 'build/icons', `${size}.png`), resolve(root, 'dist/icons', `${size}.png`));
      },
    },
    // Some of it comes with `objgraph desktop` alone.
    thirdPartyLicences(resolve(root, 'dist/third-party-licences.txt')),
    {
      // The demo is a program to be read: it is shipped as it is written.
      name: 'demo',
      closeBundle: () => cpSync(resolve(root, 'main/demo'), resolve(root, 'dist/demo'), { recursive: true }),
    },
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    lib: {
      entry: {
        cli: resolve(root, 'main/cli.ts'),
        xdot: resolve(root, 'main/xdot.ts'),
        viewer: resolve(root, 'main/viewer.ts'),
        electron: resolve(root, 'main/electron.ts'),
        'layout-worker': resolve(root, 'main/workers/layout-worker.ts'),
        'png-process': resolve(root, 'main/export/png-process.ts'),
        'image-process': resolve(root, 'main/export/image-process.ts'),
        'heap-worker': resolve(root, 'main/workers/heap-worker.ts'),
        pages: resolve(root, 'main/pages/find-leaks.ts'),
        playwright: resolve(root, 'main/pages/playwright.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      checks: { pluginTimings: false },
      external,
      platform: 'node',
      output: {
        // As in library.config.ts: constants as numbers.
        topLevelVar: false,
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        banner: ({ name, isEntry }) => (isEntry && commands.includes(name) ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
