// The page's files by a protocol of our own: no file: address, and so no way to any other file.
import { protocol, type Privileges } from 'electron';
import { contentSecurityPolicy, readPageFile } from '../viewer/page-files.ts';

const scheme = 'objgraph';
export const pageUrl = `${scheme}://viewer/`;

/** Our scheme counts as a secure origin of its own; it cannot be changed once the app is ready. */
export function declareScheme(): void {
  const privileges: Privileges = { standard: true, secure: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** Serves the page, under the same policy as the loopback server does. */
export function servePage(): void {
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === 'viewer' && request.method === 'GET' ? await readPageFile(pathname) : null;
    if (!file) return new Response('No such file.', { status: 404 });
    const headers = {
      'Content-Type': file.type,
      'Content-Security-Policy': contentSecurityPolicy("'none'"),
      'X-Content-Type-Options': 'nosniff',
    };
    return new Response(new Uint8Array(file.content), { headers });
  });
}
