// Where a window opens: where the last one was, if there is still a screen.
import { BrowserWindow, screen, type Rectangle } from 'electron';
import { defaultSize, type WindowSize } from '../viewer/view-request.ts';
import { changeSettings, getSettings } from './settings.ts';

/** A second window does not hide the first. */
const cascade = 28;
/** So much of a window must be seen that it can be taken hold of. */
const graspable = { width: 120, height: 40 };

export type Place = WindowSize & Partial<Rectangle>;

/** @param size what was asked for, before what is remembered */
export function placeOf(size: WindowSize | null): Place & { maximized: boolean } {
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const remembered = getSettings().window;
  const before = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows().at(-1);
  const last = before ? moved(before.getNormalBounds(), cascade) : remembered?.bounds;
  const wanted = last && size ? { ...last, ...size } : (last ?? size ?? defaultSize);
  const maximized = size === null && !before && remembered?.maximized === true;
  return { ...fitted(wanted, areas), maximized };
}

/** Remembers where a window is when it closes. */
export function rememberPlace(window: BrowserWindow): void {
  window.on('close', () =>
    changeSettings({ window: { bounds: window.getNormalBounds(), maximized: window.isMaximized() } }),
  );
}

/** No larger than the screen it is on; and where the system puts it, when it would be on none. */
export function fitted(wanted: Place, areas: readonly Rectangle[]): Place {
  const { x, y } = wanted;
  const seen =
    x !== undefined && y !== undefined && areas.find((area) => isGraspable({ ...wanted, x, y }, area));
  const area = seen || areas[0];
  const width = Math.min(Math.max(wanted.width, 320), area?.width ?? Infinity);
  const height = Math.min(Math.max(wanted.height, 240), area?.height ?? Infinity);
  return seen ? { x, y, width, height } : { width, height };
}

/** Its top edge, by which it is moved. */
function isGraspable(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const below = area.y + area.height - window.y;
  return across >= graspable.width && below >= graspable.height && window.y >= area.y;
}

const moved = (bounds: Rectangle, by: number): Rectangle => ({
  ...bounds,
  x: bounds.x + by,
  y: bounds.y + by,
});
