// What a host does for a window.
import type { MainMessage } from '../../shared/protocol.ts';
import type { MenuGroup } from '../../shared/protocol/actions.ts';
import type { ViewRequest } from './view-request.ts';

export interface SessionHost {
  send(message: MainMessage): void;
  /** The command of the user's editor, as `--editor` or their environment has it; null leaves the choice to `openInEditor`. */
  readonly editor: string | null;
  /** Opens an address that was checked, outside of the viewer. */
  openLink(url: string): Promise<void>;
  /** Asks for a file; null where there is no dialog, or it was cancelled. */
  chooseFile(): Promise<string | null>;
  /** Asks where to save a file, and saves it; where there is no dialog, the page does it. */
  saveFile?(name: string, data: Uint8Array): Promise<void>;
  /** Prints a picture, as SVG, on a page of its own size; where the host cannot, a browser does it. */
  printPdf?(svg: string): Promise<Uint8Array>;
  /** Opens another window; its file is removed with it when it is temporary. */
  openWindow(request: ViewRequest): void;
  /** The path of the file `givenFiles[index]` of the page, where there is a way to know it. */
  pathOfGiven?(index: number): Promise<string | null>;
  closeWindow(): void;
  /** Offers the page's actions in a menu, where the host has one. */
  setActions?(groups: readonly MenuGroup[]): void;
}
