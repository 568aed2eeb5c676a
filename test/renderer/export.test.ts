// The picture as a file and on paper.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { onePage } from './one-page.ts';

const page = onePage();
const answer = (result: unknown) =>
  page.window.page.evaluate((result) => (window.fakeHost.answers['document.export'] = result), result);

describe('export', () => {
  it('asks for a format and a scale, and saves what comes as a download', async () => {
    await page.open();
    await answer({ name: 'graph é.png', data: btoa('\x89PNG\xff\0'), notes: [] });
    await page.window.page.keyboard.press('Control+s');
    const dialog = page.window.page.getByRole('dialog', { name: 'Export the picture' });
    await dialog.getByRole('radio', { name: 'png' }).check();
    await dialog.getByLabel('Scale').selectOption('3×');
    const downloading = page.window.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('graph é.png');
    expect((await readFile(await download.path())).toString('latin1')).toBe('\x89PNG\xff\0');
    expect(await page.window.requests()).toMatchObject([
      { method: 'document.export', params: { format: 'png', scale: 3 } },
    ]);
    expect(await dialog.count()).toBe(0);
  });

  it('says what main says: that a format cannot be written, or how the picture differs', async () => {
    await page.open();
    await page.window.refuse('document.export', 'pdf needs Graphviz');
    await page.window.page.getByRole('button', { name: 'Export' }).click();
    await page.window.page.getByRole('radio', { name: 'pdf' }).check();
    await page.window.page.keyboard.press('Enter');
    await expect.poll(() => page.window.page.getByRole('alert').innerText()).toContain('pdf needs Graphviz');
    await page.window.page.evaluate(() => (window.fakeHost.failing = {}));
    await answer({ name: 'graph.png', data: null, notes: ['it was reduced'] });
    await page.window.page.keyboard.press('Control+s');
    await page.window.page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
    await expect.poll(() => page.window.page.getByRole('alert').innerText()).toContain('it was reduced');
  });

  it('is put away by Esc', async () => {
    await page.open();
    await page.window.page.keyboard.press('Control+s');
    await page.window.page.keyboard.press('Escape');
    await expect.poll(() => page.window.page.getByRole('dialog').count()).toBe(0);
    expect(await page.window.requests()).toEqual([]);
  });
});

describe('p prints', () => {
  it('the whole picture and nothing else, at print resolution, dark or not', async () => {
    await page.open({}, { colorScheme: 'dark' });
    await page.pressed('+');
    await page.window.page.evaluate(() => {
      URL.revokeObjectURL = () => {};
      window.print = () => {
        const image = document.querySelector<HTMLImageElement>('img.printed')!;
        document.body.dataset.printed = JSON.stringify([image.naturalWidth, image.naturalHeight]);
        // Stays while the test looks at it.
        document.body.append(image.cloneNode());
      };
    });
    await page.window.page.keyboard.press('p');
    const body = page.window.page.locator('body');
    await expect.poll(() => body.getAttribute('data-printed')).not.toBeNull();
    const [width, height] = JSON.parse((await body.getAttribute('data-printed'))!) as [number, number];
    const [left, top, right, bottom] = page.scene.bounds;
    expect(width).toBeCloseTo((right - left + 24) * 4, -1);
    expect(height).toBeCloseTo((bottom - top + 24) * 4, -1);
    await page.window.page.emulateMedia({ media: 'print' });
    expect(await page.window.page.locator('.window').isVisible()).toBe(false);
    expect(await page.window.page.locator('img.printed').isVisible()).toBe(true);
  });
});
