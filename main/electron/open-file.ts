// macOS hands files over as events, also before the app is ready: opened in Finder, dropped on the dock, chosen as recent.
import { app } from 'electron';
import type { ViewRequest } from '../viewer/view-request.ts';
import { requestFor } from './arguments.ts';

/** Opens what comes from now on; gives what came before the app was ready, when it is asked for. */
export function openFilesOfFinder(open: (requests: ViewRequest[]) => void): () => ViewRequest[] {
  let waiting: ViewRequest[] | null = [];
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (waiting) waiting.push(requestFor(path));
    else open([requestFor(path)]);
  });
  return () => {
    const requests = waiting ?? [];
    waiting = null;
    return requests;
  };
}
