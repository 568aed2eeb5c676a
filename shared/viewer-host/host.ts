// A program that can show the viewer's windows.

export interface ViewerHost {
  /** `app` is the installed desktop app with code of its own, `electron` Electron with ours. */
  kind: 'app' | 'electron' | 'chromium' | 'browser' | 'none';
  /** For people: `Electron`, `Chromium`, `xdg-open`; empty when there is none. */
  name: string;
  /** The program to start; empty when there is none. */
  command: string;
  /** Why there is none, as a sentence without its end; absent when there is one. */
  reason?: string;
  /** Why an installed app was passed over, as a sentence without its end. */
  note?: string;
}
