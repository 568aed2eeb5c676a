// A window's session behind a loopback server, for pages that a real browser opens.
import { LoopbackServer } from '../../../main/viewer/loopback.ts';
import { Session } from '../../../main/viewer/session.ts';
import { newDocuments } from '../../../main/viewer/window-documents.ts';

/** `closed`: called when the window has gone. */
export async function serve(text: string, { closed = () => {}, toolbar = true } = {}) {
  const server = await LoopbackServer.start(60_000);
  const { document, ...others } = newDocuments();
  void document.openText('own', text);
  const window = server.expect(
    {
      receive: (message) => session.receive(message),
      closed,
      firstPicture: () => firstPicture,
    },
    toolbar ? '' : '?hide-toolbar',
  );
  const session = new Session(
    { document, ...others },
    {
      send: (message) => window.send(message),
      editor: null,
      openLink: () => Promise.resolve(),
      chooseFile: () => Promise.resolve(null),
      openWindow: () => {},
      closeWindow: () => window.close(),
    },
  );
  const firstPicture = session.firstPicture({ size: null, toolbar });
  return { server, session, window, document, firstPicture };
}
