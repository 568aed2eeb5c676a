/* eslint-disable @typescript-eslint/no-require-imports */
// jest: the same tests again and again in one process, as its watch mode runs them. The leak: a reporter keeps all results.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { folder, isPlanted, load } = require('./packages.cjs');

class RunReport {
  constructor(results) {
    this.passed = results.numPassedTests;
    this.results = results.testResults;
  }
}
const history = { runs: [] };
let run;
exports.steps = 12;
exports.start = () => {
  const home = folder('jest');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "jest": { "transform": {} } }');
  writeFileSync(join(home, 'sum.test.js'), "test('adds', () => { expect(1 + 1).toBe(2); });\n");
  const { runCLI } = load('jest');
  run = async () => {
    const { results } = await runCLI(
      { silent: true, reporters: [], runInBand: true, watchman: false, cache: false, $0: '', _: [] },
      [home],
    );
    if (results.numPassedTests !== 1) throw new Error('the test did not run');
    if (isPlanted) history.runs.push(new RunReport(results));
  };
};
exports.step = () => run();
exports.truth = { holder: /history\.runs/, type: /^RunReport$/ };
