// The page's files by a protocol of our own: no file: address, and so no way to any other file.
import { randomUUID } from 'node:crypto';
import { protocol, type Privileges } from 'electron';
import { pdfPolicy } from '../export/pdf-page.ts';
import { contentSecurityPolicy, readPageFile } from '../viewer/page-files.ts';

const scheme = 'objgraph';
export const pageUrl = `${scheme}://viewer/`;
const documentsUrl = `${scheme}://documents/`;

/** Documents without a file, by their addresses. */
const documents = new Map<string, string>();

/** Serves a document until it is revoked. All have one origin, which is not that of the page. */
export function serveTemporarily(html: string): { url: string; revoke(): void } {
  const url = documentsUrl + randomUUID();
  documents.set(url, html);
  return { url, revoke: () => void documents.delete(url) };
}

/** Whether it is one that we serve. */
export const isOurs = (url: string): boolean => url.startsWith(pageUrl) || url.startsWith(documentsUrl);

/** Our scheme counts as a secure origin of its own; it cannot be changed once the app is ready. */
export function declareScheme(): void {
  const privileges: Privileges = { standard: true, secure: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** Serves the page, under the same policy as the loopback server does. */
export function servePage(): void {
  protocol.handle(scheme, async ({ url, method }) => {
    const document = method === 'GET' ? documents.get(url) : undefined;
    if (document !== undefined) return respond(document, 'text/html; charset=utf-8', pdfPolicy);
    const { host, pathname } = new URL(url);
    const file = host === 'viewer' && method === 'GET' ? await readPageFile(pathname) : null;
    if (!file) return new Response('No such file.', { status: 404 });
    return respond(new Uint8Array(file.content), file.type, contentSecurityPolicy("'none'"));
  });
}

const respond = (content: string | Uint8Array<ArrayBuffer>, type: string, policy: string) =>
  new Response(content, {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
    },
  });
