// Work in the background of the page.
import { expect, it } from 'vitest';
import { failures, inBackground } from '../../../renderer/state/failures.svelte.ts';

it('shows why work failed that nothing waited for', async () => {
  inBackground(Promise.resolve('done'));
  inBackground(Promise.reject(new Error('The connection to objgraph is lost.')));
  await new Promise(setImmediate);
  expect(failures.last).toBe('The connection to objgraph is lost.');
});
