import { expect, it } from 'vitest';
import { recommend } from '../../../renderer/graph/layout-estimate.ts';

it('recommends faster settings for what is almost a tree, and sfdp for what is dense', () => {
  expect(recommend(2000, 2000)).toEqual({ way: 'settings', estimate: 1 });
  expect(recommend(5000, 5000)).toEqual({ way: 'settings', estimate: 3 });
  expect(recommend(2000, 3000)).toEqual({ way: 'settings', estimate: 7 });
  expect(recommend(5000, 15_000)).toEqual({ way: 'sfdp', estimate: 3 });
  expect(recommend(1, 0)).toEqual({ way: 'settings', estimate: 1 });
});
