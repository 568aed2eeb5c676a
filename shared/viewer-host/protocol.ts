// What the library, the commands and the viewer agree on. They may come from different versions of objgraph when the desktop app
// is installed by itself: those with the same number understand each other.

/**
 * The number of the agreement: view requests and replies (main/viewer/view-request.ts, door.ts), the DOT of pictures and the
 * snapshots beside them (shared/objgraph/snapshot-beside.ts). It grows with every change that an older side would not understand.
 */
export const viewerProtocol = 1;

/** The file in the app's resources by which its number is known before the app starts. */
export const protocolFile = 'viewer-protocol.json';

/** The key of a desktop entry with the same number: an AppImage has no files beside it. */
export const protocolKey = 'X-Objgraph-Protocol';

export interface AppProtocol {
  protocol: number;
  /** Of the app. */
  version: string;
}

/** Reads what the app's file has, or what a viewer sends first; null when it is none of ours. */
export function readAppProtocol(text: string): AppProtocol | null {
  try {
    const { protocol, version } = Object(JSON.parse(text)) as Record<keyof AppProtocol, unknown>;
    if (!Number.isSafeInteger(protocol) || typeof version !== 'string' || version.length > 50) return null;
    return { protocol: protocol as number, version };
  } catch {
    return null;
  }
}

/** Why an app of another protocol is not used; null when it is of ours. */
export function describeMismatch(app: AppProtocol, where: string): string | null {
  if (app.protocol === viewerProtocol) return null;
  const older = app.protocol < viewerProtocol ? 'the desktop app' : "this program's objgraph";
  return `The desktop app ${app.version} (${where}) and this objgraph do not understand each other (protocols ${app.protocol} and ${viewerProtocol}): update ${older}`;
}
