// What a browser does for the viewer: a Chromium of our own, or the user's default one.
import type { WindowSize } from './view-request.ts';

export interface Browser {
  /** Whether its next window opens faster for its having had none for a while, and nothing of it is seen meanwhile. */
  readonly staysWithoutWindows: boolean;
  /** Comes up, while all that its first window needs is made ready. */
  prepare(): void;
  /** Calls `listener` when a browser of our own has ended by itself. */
  onEnded(listener: () => void): void;
  /**
   * Opens a window, or a tab, on an address.
   * @param failed called when the browser ended before its window could open
   */
  open(url: string, size: WindowSize, failed: (reason: string) => void): void;
  /** The page of an address has come. */
  windowOpened(url: string): void;
  /** Closes the window of an address, where that is ours to do. */
  closeWindow(url: string): void;
  /** Where the file `givenFiles[index]` of a page is; null where the browser does not report it. */
  pathOfGiven(url: string, index: number): Promise<string | null>;
  /** The viewer ends. */
  close(): Promise<void>;
}
