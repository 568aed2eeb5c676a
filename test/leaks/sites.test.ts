// Some leaks of the catalogue with the stacks that allocate them, beside the program's text; all of them: `npm run bench:leak-sites`.
import { expect, it } from 'vitest';
import { nodes } from '../oracle/snapshots.ts';
import { sitesOfLeak } from './sites.mjs';

const newest = Object.values(nodes).at(-1)!;

it.each(['map-cache', 'intervals'])('%s: the line that makes what leaks', async (name) => {
  expect(await sitesOfLeak(name, newest, 1)).toMatchObject({ way: 'breakpoint', verdict: 'line' });
});
