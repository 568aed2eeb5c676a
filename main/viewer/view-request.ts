// What a command asks the viewer for: one window on one file.
import { basename } from 'node:path';
import type { PictureRequest } from '../../shared/viewer-host/picture-request.ts';
import type { ViewRequest, WindowSize } from './read-view-request.ts';

export type { ViewRequest, WindowSize };

/** The query of a window's address, which its page reads. */
export function pageQuery({ toolbar, attach, tour }: ViewRequest): string {
  const words = [toolbar ? '' : 'hide-toolbar', attach === null ? 'attach' : '', tour ? 'tour' : ''].filter(
    Boolean,
  );
  return words.length > 0 ? `?${words.join('&')}` : '';
}

/** The argument by which the desktop app knows that a command started it, and will request its windows through the door. */
export const forCommands = '--for-commands';

export const defaultSize: WindowSize = { width: 1000, height: 720 };

/** Without a file: one can be opened in it, or dropped into it. */
export const emptyWindow: ViewRequest = {
  path: null,
  title: 'objgraph',
  snapshots: [],
  engine: 'dot',
  positioned: false,
  temporary: false,
  attended: false,
  toolbar: true,
  editor: null,
  size: null,
};

/** The window of a picture of the library. */
export const pictureWindow = ({ path, editor }: PictureRequest): ViewRequest => ({
  ...emptyWindow,
  path,
  title: basename(path),
  temporary: true,
  editor,
});
