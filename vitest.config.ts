import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { runes } from './build/runes.ts';

const page = ['test/renderer/*.test.ts', 'test/renderer/heap/*.test.ts', 'test/fuzz/pictures.test.ts'];
const windows = ['test/e2e/**/*.test.ts'];
/**
 * They are of pure code, and leave their process as it was: a worker runs one after the other, and imports once what they share. (Not
 * those that load Graphviz: it writes its warnings to the functions that it found when it was loaded.)
 */
const together = [
  'test/shared/{dot,picture,scene}/**/*.test.ts',
  'test/shared/heap/{analysis,pages,suspects}/*.test.ts',
  'test/renderer/graph/*.test.ts',
  'test/shared/heap/{allocation-traces,allocation-tree,ephemerons,hash-tables,heap-language,id-index}.test.ts',
  'test/shared/heap/{owner,same-process,scopes,search,snapshot-text,source-groups}.test.ts',
  'test/shared/{file-formats,fonts,memory-timeline,printable,quantities}.test.ts',
  'test/renderer/state/{failures,heap-pages,heap-places,heap-tree,link-selections,trail}.svelte.test.ts',
];

/** Short files whose tests take a minute or more. Vitest begins with the longest text: one of these would run alone at the end. */
const lasting =
  /test\/(soak\/|oracle\/equality|leaks\/|pages\/catalogue|main\/commands\/formats|main\/heap\/no-ribbons|shared\/(objgraph\/chains|matchers\/node-test|heap\/linear|heap\/suspects\/suspects))/;

class LastingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLasting = ({ moduleId }: TestSpecification) => lasting.test(moduleId);
    return [...sorted.filter(isLasting), ...sorted.filter((file) => !isLasting(file))];
  }
}

export default defineConfig({
  plugins: [runes()],
  test: {
    globalSetup: 'test/global-setup.ts',
    sequence: { sequencer: LastingFirst },
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
    expect: { poll: { timeout: 60_000 } },
    // Tests wait for browsers and processes that they start as long as they compute: three keep two cores busy.
    maxWorkers: 3,
  },
});
