import { defineConfig } from 'vitest/config';
import { runes } from './build/runes.ts';

const page = ['test/renderer/*.test.ts', 'test/renderer/heap/*.test.ts', 'test/fuzz/pictures.test.ts'];
const windows = ['test/e2e/**/*.test.ts'];
/**
 * They leave their process as it was, and take no snapshot of it: a worker runs one after the other, and imports once what they
 * share.
 */
const together = [
  'test/shared/{dot,picture,scene}/**/*.test.ts',
  'test/shared/heap/{analysis,pages,suspects}/*.test.ts',
  'test/renderer/graph/*.test.ts',
  'test/main/commands/!(terminal).test.ts',
  'test/main/documents/!(heap-*).test.ts',
  'test/main/export/!(pdf).test.ts',
  'test/main/workers/*.test.ts',
];

export default defineConfig({
  plugins: [runes()],
  test: {
    globalSetup: 'test/global-setup.ts',
    projects: [
      // The page's tests share a browser in each worker.
      { extends: true, test: { name: 'page', include: page, isolate: false } },
      { extends: true, test: { name: 'windows', include: windows } },
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['test/**/*.test.ts'],
          exclude: [...page, ...windows, ...together],
        },
      },
    ],
    // No test is run a second time: on a busy machine each waits as long as it needs for what will come.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 40_000 } },
    // Tests wait for browsers and processes that they start as long as they compute: three keep two cores busy.
    maxWorkers: 3,
  },
});
