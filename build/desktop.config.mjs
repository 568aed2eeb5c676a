// The desktop app's packages: `npm run dist` (electron-builder). What goes in is what the app's entries reach, and no more.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { nativeModules } from './native-modules.mjs';
import { signing } from './signing.mjs';

const { forceCodeSigning, mac } = signing();

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const page = (name) => `${resolve(root, 'build/man', name)}.1=/usr/share/man/man1/${name}.1`;

/** Adds a file, and all that it imports. */
function reach(entry, found) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const [, imported] of readFileSync(entry, 'utf8').matchAll(/(?:from|import)\s*\(?["'](\.[^"']+)["']/g))
    reach(join(dirname(entry), imported), found);
  return found;
}

/** The app, its bridge, and the threads that it starts by name. */
const entries = [
  ...['electron.js', 'preload.cjs', 'layout-worker.js', 'heap-worker.js'],
  ...['png-process.js', 'image-process.js'],
];
const code = new Set();
for (const entry of entries) reach(join(dist, entry), code);

/** What the app and the library agree on, which finds the app by it: shared/viewer-host/. */
const protocolFile = join(dist, 'viewer-protocol.json');
const { protocol, version } = JSON.parse(readFileSync(protocolFile, 'utf8'));

const description = 'Shows DOT files, and what keeps JavaScript objects in memory';
const mimeType = 'text/vnd.graphviz';
const graph = { name: 'Graphviz graph', description: 'Graphviz graph', role: 'Viewer', mimeType };
const commonPackage = {
  // By way of fpm, which takes SOURCE=TARGET beside its options.
  fpm: [page('objgraph'), page('xdot'), `${resolve(root, 'build/linux/xdot')}=/usr/bin/xdot`],
};

export default {
  appId: 'io.github.objgraph.viewer',
  productName: 'objgraph',
  copyright: 'MIT licence',
  directories: { output: 'release', buildResources: 'build' },
  // The name by which a desktop knows whose windows they are.
  extraMetadata: {
    main: 'dist/electron.js',
    desktopName: 'objgraph.desktop',
    nativeModules: nativeModules(),
  },
  npmRebuild: false,
  files: [
    '!**/*',
    'package.json',
    'LICENSE',
    'dist/third-party-licences.txt',
    'dist/renderer/**',
    'dist/graphviz.wasm',
    // Patterns, in which a backslash would be no separator.
    ...[...code].map((file) => relative(root, file).replaceAll(sep, '/')),
    'node_modules/**',
    '!node_modules/**/{README,readme,CHANGELOG,AUTHORS,THIRD-PARTY}*',
    '!node_modules/**/*.{d.ts,d.cts,d.mts,map,md,ts,html,markdown}',
    '!node_modules/ws/browser.js',
  ],
  extraResources: [{ from: protocolFile, to: 'viewer-protocol.json' }],
  asar: true,
  forceCodeSigning,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  fileAssociations: [
    { ...graph, ext: 'dot', icon: 'icons/icon' },
    { ...graph, ext: 'gv', icon: 'icons/icon' },
    {
      ext: 'xdot',
      name: 'Graphviz drawing',
      description: 'Graphviz drawing',
      role: 'Viewer',
      mimeType,
      icon: 'icons/icon',
    },
    {
      ext: 'heapsnapshot',
      name: 'V8 heap snapshot',
      description: 'V8 heap snapshot',
      role: 'Viewer',
      mimeType: 'application/x-v8-heapsnapshot',
      icon: 'icons/icon',
    },
  ],
  linux: {
    target: ['AppImage', 'deb', 'rpm'],
    executableName: 'objgraph',
    icon: 'build/icons',
    category: 'Development',
    synopsis: 'What keeps a JavaScript object in memory, and a viewer of DOT files',
    description,
    syncDesktopName: true,
    maintainer: 'objgraph maintainers <maintainers@users.noreply.github.com>',
    desktop: {
      entry: {
        Name: 'objgraph',
        GenericName: 'Graph Viewer',
        Keywords: 'graph;dot;graphviz;heap;memory;leak;javascript;',
        StartupWMClass: 'objgraph',
        'X-Objgraph-Protocol': String(protocol),
        'X-Objgraph-Version': version,
      },
    },
  },
  deb: {
    // `xdot` is ours then, with its manual.
    fpm: [...commonPackage.fpm, '--provides=xdot', '--conflicts=xdot', '--replaces=xdot'],
    packageCategory: 'devel',
    // It has no icon in the tray.
    recommends: [],
    appArmorProfile: 'build/linux/apparmor-profile',
  },
  rpm: { fpm: [...commonPackage.fpm, '--conflicts=xdot'], packageCategory: 'Development/Tools' },
  mac: {
    // For the machine that it is built on, whose native module it brings.
    target: ['dmg'],
    icon: 'build/icons/icon.icns',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    ...mac,
  },
  win: { target: ['nsis'], icon: 'build/icons/icon.ico' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    // The key in the registry under which the installer says where it put the app: shared/viewer-host/windows-registry.ts.
    guid: '6f3f6c5e-7c0b-5a58-9d1e-0c1d8f4a8b1e',
  },
  publish: null,
};
