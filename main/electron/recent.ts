// The documents that were open: for the menu, the dock and the task bar. The list itself is that of all our windows.
import { app } from 'electron';
import { clearRecent } from '../documents/recent.ts';

const listeners: (() => void)[] = [];

export function onRecentChange(listener: () => void): void {
  listeners.push(listener);
}

/** A window shows another document; the session has put it on the list. */
export function reportRecent(path: string): void {
  app.addRecentDocument(path);
  change();
}

export function forgetRecent(): void {
  app.clearRecentDocuments();
  clearRecent();
  change();
}

function change(): void {
  for (const listener of listeners) listener();
}
