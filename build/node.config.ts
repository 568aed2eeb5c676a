// The commands, the viewer's processes, the threads, and `objgraph/pages` and `objgraph/playwright`, as ES modules.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig, type Rolldown } from 'vite';
import { graphvizAsFile } from './graphviz.ts';
import { thirdPartyLicences } from './licences.ts';
import { protocolFile, viewerProtocol, type AppProtocol } from '../shared/viewer-host/protocol.ts';

const root = resolve(import.meta.dirname, '..');
const external = [...builtinModules, /^node:/, 'electron', 'ws', '@resvg/resvg-js', '@playwright/test'];
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
const chunks = resolve(root, 'dist/chunks');
const commands = ['cli', 'xdot'];

const main = (file: string) => resolve(root, 'main', file);
/** The command until it starts the viewer, the viewer until it starts the browser. */
const starts = ['xdot.ts', 'commands/view.ts', 'viewer.ts'].map(main);
/** What serves a window and its documents. */
const windows = ['viewer/chromium-host.ts', 'viewer/session.ts', 'viewer/window-documents.ts'].map(main);
/** Threads and processes, which are loaded without them and are to load little else. */
const heapThread = ['workers/heap-worker.ts'].map(main);
const drawing = ['workers/layout-worker.ts', 'export/png-process.ts', 'export/image-process.ts'].map(main);

/** Whether some modules import another one, themselves or by others, before they do anything. */
function isImportedBy(modules: readonly string[], id: string, context: Rolldown.ChunkingContext): boolean {
  const found = new Set<string>();
  const follow = (module: string) => {
    for (const imported of context.getModuleInfo(module)?.importedIds ?? [])
      if (!found.has(imported)) follow((found.add(imported), imported));
  };
  modules.forEach(follow);
  return found.has(id);
}

/**
 * What a first window waits for is in few chunks, because Node takes half a millisecond for each file that it imports. Of two
 * chunks that a module could be in, it is in the first.
 */
const chunkGroups = [
  { name: 'start-common', importers: [starts, [...heapThread, ...drawing]] },
  { name: 'start', importers: [starts] },
  { name: 'drawing-common', importers: [windows, drawing] },
  { name: 'window-common', importers: [windows, heapThread] },
  { name: 'window', importers: [windows] },
].map(({ name, importers }, i) => ({
  name: (id: string, context: Rolldown.ChunkingContext) =>
    importers.every((modules) => isImportedBy(modules, id, context)) ? name : null,
  priority: 10 - i,
}));

export default defineConfig({
  root,
  publicDir: false,
  plugins: [
    graphvizAsFile(),
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
        codeSplitting: { groups: chunkGroups },
        banner: ({ name, isEntry }) => (isEntry && commands.includes(name) ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
