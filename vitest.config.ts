import { defineConfig } from 'vitest/config';
import { runes } from './build/runes.ts';

const page = ['test/renderer/*.test.ts', 'test/renderer/heap/*.test.ts', 'test/fuzz/pictures.test.ts'];
const windows = ['test/e2e/**/*.test.ts'];

export default defineConfig({
  plugins: [runes()],
  test: {
    globalSetup: 'test/global-setup.ts',
    projects: [
      // The page's tests share a browser in each worker.
      { extends: true, test: { name: 'page', include: page, isolate: false } },
      { extends: true, test: { name: 'windows', include: windows } },
      {
        extends: true,
        test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: [...page, ...windows] },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Vitest's own second is too short for a window on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    // Tests wait for browsers and processes that they start as long as they compute: three keep two cores busy.
    maxWorkers: 3,
    // Real windows, browsers and processes: on a busy machine one may come too late. Each second run is named in the report.
    retry: process.env.CI ? 2 : 0,
  },
});
