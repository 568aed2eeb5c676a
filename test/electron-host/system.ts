// `shell` and `screen`: the world around the app.
import { record } from './app.ts';

export const shell = {
  openExternal: (url: string): Promise<void> => {
    record.opened.push(url);
    return Promise.resolve();
  },
};

/** As large as the tests' display. */
export const displays = [{ workArea: { x: 0, y: 0, width: 1280, height: 900 } }];

export const screen = { getAllDisplays: () => displays };
