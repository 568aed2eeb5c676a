/* eslint-disable @typescript-eslint/no-require-imports */
// vite: a development server that transforms modules and watches their changes. The leak: a plugin keeps a report for each.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { folder, importModule, isPlanted } = require('./packages.cjs');

class TransformReport {
  constructor(id, code) {
    this.id = id;
    this.lines = code.split('\n');
  }
}
const reports = new Set();
let server;
let home;
exports.steps = 60;
exports.start = async () => {
  home = folder('vite');
  mkdirSync(home, { recursive: true });
  const { createServer } = await importModule('vite');
  server = await createServer({
    root: home,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, watch: null, ws: false, hmr: false },
    optimizeDeps: { noDiscovery: true },
    plugins: [
      {
        name: 'reports',
        transform(code, id) {
          if (isPlanted) reports.add(new TransformReport(id, code));
        },
      },
    ],
  });
};
exports.step = async (i) => {
  const file = join(home, `module${i % 5}.js`);
  writeFileSync(file, `export const value = ${i};\n`);
  server.moduleGraph.onFileChange(file);
  await server.transformRequest(`/module${i % 5}.js`);
};
exports.truth = { holder: /reports/, type: /^TransformReport$/ };
