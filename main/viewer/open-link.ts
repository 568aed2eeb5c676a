import { startProgram } from '../../shared/programs.ts';
import { findViewerHost } from '../../shared/viewer-host.ts';

/**
 * Opens a link of a picture, which the session has checked, in the user's browser.
 * @throws Error when no program is known that does so
 */
export async function openLink(url: string): Promise<void> {
  const { command } = findViewerHost({ ...process.env, OBJGRAPH_VIEWER: 'browser' });
  if (command === '') throw new Error('No program is known here that opens links (xdg-open)');
  await new Promise<void>((resolve, reject) => {
    const child = startProgram({ name: 'browser', path: command }, [url], {
      stdio: 'ignore',
      detached: true,
    });
    child.once('spawn', resolve).once('error', reject).unref();
  });
}
