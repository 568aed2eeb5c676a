// The first minute: `objgraph demo` ends before a leak that is named and drawn.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, missingPrograms, objgraph, pictures } from './desktop.ts';
import { showsLeak } from './first-minute.ts';

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0)('the first minute', () => {
  let desktop: Desktop;
  beforeAll(async () => void (desktop = await Desktop.start()));
  afterAll(() => desktop?.close());

  it('has the leak of a real server by its name, with its path, and no action was needed', async () => {
    const demo = desktop.command(objgraph, ['demo']);
    const page = await desktop.window('server.cjs');
    await showsLeak(page);
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, 'first-minute.png') });
    // One action: another suspect is drawn in its place.
    const title = () => page.getByRole('group', { name: 'Picture' }).innerText();
    const before = await title();
    await page.getByRole('article').nth(1).getByRole('button').first().click();
    await expect.poll(title).not.toBe(before);
    await page.close();
    expect(await demo.ended, demo.stderr).toBe(0);
  }, 180_000);
});
