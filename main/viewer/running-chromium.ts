// Asks a Chromium that runs for one more window, by the socket in its profile: what a second `chromium` process does for all its
// life (chrome/browser/process_singleton_posix.cc), without the tenth of a second that the process itself takes.
import { connect } from 'node:net';
import { join } from 'node:path';

/**
 * @param args as on the command line of a second process
 * @returns whether it will be done; otherwise a second process has to ask (on Windows, for a browser whose files are its own,
 * for one that has ended)
 */
export function askRunningChromium(profile: string, args: readonly string[]): Promise<boolean> {
  if (process.platform === 'win32') return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ path: join(profile, 'SingletonSocket'), allowHalfOpen: true });
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.once('end', () => socket.destroy());
    socket.once('error', () => socket.destroy()).once('close', () => resolve(answer.startsWith('ACK')));
    // A folder for relative paths, the name of the program, and what follows it.
    socket.end(['START', '/', 'chromium', ...args].join('\0'));
  });
}
