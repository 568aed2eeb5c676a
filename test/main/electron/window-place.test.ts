// Where windows open, and what the app remembers. Electron's screen is described by the tests.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stateFile } from '../../../main/state-file.ts';

vi.mock('electron', () => ({ BrowserWindow: {}, screen: {} }));

const { fitted } = await import('../../../main/electron/window-place.ts');
const { changeSettings, readSettings } = await import('../../../main/electron/settings.ts');

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

describe('settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-settings-'));
  beforeAll(() => {
    vi.stubEnv('XDG_STATE_HOME', folder);
    vi.stubEnv('HOME', folder);
    vi.stubEnv('LOCALAPPDATA', folder);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const write = (text: string) => {
    mkdirSync(dirname(stateFile('desktop')), { recursive: true });
    writeFileSync(stateFile('desktop'), text);
  };

  it.each([
    ['no text', ''],
    ['half a text', '{"window": {"bou'],
    ['another shape', '[1, 2, 3]'],
    ['wrong values', '{"window": {"bounds": {"x": "0", "y": 0, "width": 1e400, "height": 5}}, "folder": 7}'],
  ])('of %s are those of the first start', (_what, text) => {
    write(text);
    expect(readSettings()).toEqual({ window: null, folder: null });
  });

  it('that are sound are taken as they are, and one that is broken spoils no other', () => {
    const settings = {
      window: { bounds: { x: -5, y: 0, width: 900, height: 700 }, maximized: true },
      folder: '/home/me/graphs',
    };
    write(JSON.stringify(settings));
    expect(readSettings()).toEqual(settings);
    write(JSON.stringify({ ...settings, window: 'here' }));
    expect(readSettings()).toEqual({ ...settings, window: null });
  });

  it('are there again after they were changed', () => {
    changeSettings({ folder: '/srv' });
    expect(readSettings().folder).toBe('/srv');
  });
});
