// The door of the running viewer: commands connect, learn which protocol it has, ask for windows, and learn how it goes with them.
// The library leaves its requests as files beside it.
import { messageOf } from '../../shared/errors.ts';
import type { Server, Socket } from 'node:net';
import { viewerProtocol, type AppProtocol } from '../../shared/viewer-host/protocol.ts';
import { version } from '../package.ts';
import { requestFolder } from '../../shared/viewer-host/picture-request.ts';
import { PictureRequests } from './picture-requests.ts';
import { attend, Lines, rendezvousOf } from './rendezvous.ts';
import { readViewRequest } from './read-view-request.ts';
import type { ViewRequest } from './view-request.ts';

/** What a command learns about its window, one JSON text a line; the first line is the viewer's `AppProtocol`. */
export type ViewReply =
  { opened: true } | { closed: true } | { error: string } | { status: ViewerStatus } | { quitting: true };

/** What a viewer says of itself to a command that sends `{ "ask": "status" }`. */
export interface ViewerStatus {
  pid: number;
  windows: number;
  /** Until it ends, when it has no window; null when it has, or was asked for none yet. */
  secondsLeft: number | null;
}

/** What the viewer does for those at its door. */
export interface DoorActions {
  open(request: ViewRequest, visitor: Visitor): void;
  status(): Omit<ViewerStatus, 'pid'>;
  /** Closes all windows and ends the viewer. */
  quit(): void;
}

/** A command that stays until its window closes, or until it gives up. */
export interface Visitor {
  reply(message: ViewReply): void;
  /** The command has ended: of itself, or because it was stopped. */
  onLeave(listener: () => void): void;
}

/** For a window that no command asked for. */
export const noVisitor: Visitor = { reply: () => {}, onLeave: () => {} };

/** Characters; a request has paths and a title in it. */
const longestRequest = 2 ** 20;
/** Commands that wait for their windows at the same time. */
const maxVisitors = 500;

export class Door {
  readonly #actions: DoorActions;
  readonly #visitors = new Set<Socket>();
  #server: Server | null = null;
  #pictures: PictureRequests | null = null;

  private constructor(actions: DoorActions) {
    this.#actions = actions;
  }

  /** Opens the door of this kind of host; null when another viewer has it. */
  static async of(kind: string, actions: DoorActions): Promise<Door | null> {
    const door = new Door(actions);
    door.#server = await attend(rendezvousOf(kind), (socket) => door.#visit(socket));
    if (!door.#server) return null;
    door.#server.maxConnections = maxVisitors;
    door.#pictures = PictureRequests.watch(requestFolder(kind, version), (request) =>
      actions.open(request, noVisitor),
    );
    return door;
  }

  /** Accepts no more requests and ends the connections; a command that still wants a window starts another viewer. */
  close(): void {
    this.#pictures?.close();
    this.#pictures = null;
    this.#server?.close();
    this.#server = null;
    for (const visitor of this.#visitors) visitor.end();
  }

  /** Whatever goes wrong with a visitor ends its own connection, and no more than that. */
  #visit(socket: Socket): void {
    this.#visitors.add(socket);
    // One listener a window, and a command may open any number of them.
    socket.setMaxListeners(0);
    socket.on('close', () => this.#visitors.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write(JSON.stringify({ protocol: viewerProtocol, version } satisfies AppProtocol) + '\n');
    const lines = new Lines();
    socket.setEncoding('utf8').on('data', (text: string) => {
      for (const line of lines.add(text)) if (this.#server) this.#answer(line, socket);
      if (lines.rest.length > longestRequest) socket.destroy();
    });
  }

  #answer(line: string, socket: Socket): void {
    const reply = (message: ViewReply) =>
      void (socket.writable && socket.write(JSON.stringify(message) + '\n'));
    const onLeave = (listener: () => void) => void socket.once('close', listener);
    try {
      const message: unknown = JSON.parse(line);
      const { ask } = Object(message) as { ask?: unknown };
      if (ask === 'status') reply({ status: { pid: process.pid, ...this.#actions.status() } });
      else if (ask === 'quit') {
        reply({ quitting: true });
        this.#actions.quit();
      } else this.#actions.open(readViewRequest(message), { reply, onLeave });
    } catch (error) {
      reply({ error: messageOf(error) });
    }
  }
}
