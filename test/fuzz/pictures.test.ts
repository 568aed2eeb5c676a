// One random graph after the other in three ways, by pixels: the window, its svg and its png show the same. For longer:
// `FUZZ_SECONDS=3600 FUZZ_SEED=1000 npx vitest run test/fuzz/pictures.test.ts`. What differs is left in test-results/pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeHost } from '../renderer/fake-host.ts';
import { drawThreeWays } from '../renderer/three-ways.ts';
import { randomFrom, randomGraph } from './random-graph.ts';
import { seconds, seed } from './run-fuzzer.ts';

const folder = resolve(import.meta.dirname, '../../test-results/pictures');
/** The share of squares that other programs' letters and smoothing change. */
const most = 0.02;

let host: FakeHost;
beforeAll(async () => void (host = await FakeHost.start()));
afterAll(() => host.stop());

it(
  `window, svg and png are one picture, seeds from ${seed}`,
  { timeout: seconds * 1000 + 120_000 },
  async () => {
    const end = Date.now() + seconds * 1000;
    const different: string[] = [];
    let tried = 0;
    // A few in any case, however slow the machine is.
    for (let next = seed; Date.now() < end || tried < 3; next++) {
      tried++;
      const dot = randomGraph(randomFrom(next));
      const { difference, pictures } = await drawThreeWays(host, dot);
      if (Math.max(difference.svg, difference.png) < most) continue;
      different.push(`seed ${next}: svg ${difference.svg.toFixed(4)}, png ${difference.png.toFixed(4)}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${next}.dot`), dot);
      for (const [way, picture] of Object.entries(pictures))
        writeFileSync(join(folder, `${next}.${way}.png`), PNG.sync.write(picture));
    }
    console.log(`${tried} random graphs drawn three ways, ${different.length} differ`);
    expect(different).toEqual([]);
  },
);
