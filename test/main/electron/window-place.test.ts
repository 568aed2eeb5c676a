import { expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ app: { getPath: () => '/nowhere' }, BrowserWindow: {}, screen: {} }));

const { fitted } = await import('../../../main/electron/window-place.ts');
const { readSettings } = await import('../../../main/electron/settings.ts');

const laptop = { x: 0, y: 0, width: 1280, height: 800 };
const second = { x: 1280, y: -200, width: 1920, height: 1200 };

it.each([
  [
    'stays where it was',
    { x: 100, y: 50, width: 900, height: 600 },
    { x: 100, y: 50, width: 900, height: 600 },
  ],
  ['stays on the second screen', { x: 1400, y: -100, width: 900, height: 600 }, { x: 1400, y: -100 }],
  ['is put elsewhere when its screen is gone', { x: 4000, y: 50, width: 900, height: 600 }, { x: undefined }],
  [
    'is put elsewhere when its title is above the screen',
    { x: 100, y: -90, width: 900, height: 600 },
    { y: undefined },
  ],
  [
    'is put elsewhere when hardly any of it is seen',
    { x: -850, y: 50, width: 900, height: 600 },
    { x: undefined },
  ],
  ['is no larger than its screen', { x: 0, y: 0, width: 5000, height: 3000 }, { width: 1280, height: 800 }],
  ['is never too small to be used', { x: 0, y: 0, width: 1, height: 1 }, { width: 320, height: 240 }],
])('a window %s', (_what, wanted, expected) => {
  expect(fitted(wanted, [laptop, second])).toMatchObject(
    Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
  );
  for (const [name, value] of Object.entries(expected))
    if (value === undefined) expect(fitted(wanted, [laptop, second])).not.toHaveProperty(name);
});

it('a window without a place gets none', () => {
  expect(fitted({ width: 640, height: 480 }, [laptop])).toEqual({ width: 640, height: 480 });
});

it.each([
  ['no text', ''],
  ['half a text', '{"window": {"bou'],
  ['another shape', '[1, 2, 3]'],
  ['wrong values', '{"window": {"bounds": {"x": "0", "y": 0, "width": 1e400, "height": 5}}, "folder": 7}'],
])('settings of %s are those of the first start', (_what, text) => {
  expect(readSettings(text)).toEqual({ window: null, folder: null });
});

it('sound settings are taken as they are', () => {
  const settings = {
    window: { bounds: { x: -5, y: 0, width: 900, height: 700 }, maximized: true },
    folder: '/home/me/graphs',
  };
  expect(readSettings(JSON.stringify(settings))).toEqual(settings);
});
