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
    await expect.poll(() => dialog.count()).toBe(0);
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

  it('asks for what is visible, of the formats that can be cut', async () => {
    await page.open();
    for (let i = 0; i < 6; i++) await page.pressed('+');
    await page.window.page.keyboard.press('Control+s');
    const dialog = page.window.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'What is visible' }).check();
    await dialog.getByRole('radio', { name: 'json' }).check();
    expect(await dialog.getByRole('radio', { name: 'What is visible' }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: 'pdf' }).check();
    await dialog.getByRole('button', { name: 'Export' }).click();
    const [{ params }] = await page.window.requests();
    const { part, format } = params as { part: number[]; format: string };
    expect(format).toBe('pdf');
    const { zoom, y } = await page.window.shown();
    const { height } = (await page.window.page.locator('.view').boundingBox())!;
    expect(part[1]).toBeCloseTo(-y / zoom);
    expect(part[3]).toBeCloseTo((height - y) / zoom);
    expect(part[0]).toBe(page.scene.bounds[0]);
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

describe('the clipboard', () => {
  const permissions = ['clipboard-read', 'clipboard-write'];

  it('gets the picture as png with Ctrl-C, on white paper and sharper than the screen', async () => {
    await page.open({}, { permissions, colorScheme: 'dark' });
    await page.window.page.keyboard.press('Control+c');
    await expect.poll(() => page.window.page.getByRole('log').innerText()).toBe('The picture is copied');
    const [width, height, corner] = await page.window.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType('image/png'));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return [bitmap.width, bitmap.height, [...context.getImageData(2, 2, 1, 1).data]] as const;
    });
    const [left, top, right, bottom] = page.scene.bounds;
    expect(width).toBeCloseTo((right - left + 24) * 4, -1);
    expect(height).toBeCloseTo((bottom - top + 24) * 4, -1);
    expect(corner).toEqual([255, 255, 255, 255]);
  });

  it('keeps the text that the user selected', async () => {
    await page.open({ warnings: ['a is odd'] }, { permissions });
    await page.window.page.getByText('1 warning').click();
    await page.window.page.getByText('a is odd').selectText();
    await page.window.page.keyboard.press('Control+c');
    await expect.poll(() => page.window.page.evaluate(() => navigator.clipboard.readText())).toBe('a is odd');
  });
});

it('Shift-P prints what is visible and no more', async () => {
  await page.open();
  for (let i = 0; i < 6; i++) await page.pressed('+');
  await page.window.page.evaluate(() => {
    window.print = () => {
      const image = document.querySelector<HTMLImageElement>('img.printed')!;
      document.body.dataset.printed = String(image.naturalHeight);
    };
  });
  await page.window.page.keyboard.press('Shift+P');
  const body = page.window.page.locator('body');
  await expect.poll(() => body.getAttribute('data-printed')).not.toBeNull();
  const { zoom } = await page.window.shown();
  const { height } = (await page.window.page.locator('.view').boundingBox())!;
  expect(Number(await body.getAttribute('data-printed'))).toBeCloseTo((height / zoom) * 4, -1);
});
