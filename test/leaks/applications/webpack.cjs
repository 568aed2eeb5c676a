/* eslint-disable @typescript-eslint/no-require-imports */
// webpack: a compiler that watches, and builds again after each change. The leak: a plugin keeps all compilations.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { folder, isPlanted, load } = require('./packages.cjs');

const builds = [];
let rebuild;
exports.steps = 15;
exports.start = () => {
  const home = folder('webpack');
  mkdirSync(home, { recursive: true });
  const entry = join(home, 'entry.js');
  writeFileSync(join(home, 'part.js'), 'exports.part = 1;\n');
  const write = (i) =>
    writeFileSync(entry, `const { part } = require('./part.js');\nconsole.log(part, ${i});\n`);
  write(-1);
  const compiler = load('webpack')({
    mode: 'development',
    devtool: false,
    entry,
    output: { path: join(home, 'out') },
  });
  if (isPlanted) compiler.hooks.done.tap('history', (stats) => void builds.push(stats.compilation));
  let built;
  const watching = new Promise((done) => {
    built = done;
    const running = compiler.watch({ aggregateTimeout: 1 }, () => built());
    rebuild = (i) => {
      write(i);
      const next = new Promise((again) => (built = again));
      running.invalidate();
      return next;
    };
  });
  return watching;
};
exports.step = (i) => rebuild(i);
exports.truth = { holder: /builds/, type: /^Compilation$/ };
