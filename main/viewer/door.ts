// The door of the running viewer: commands come in, say what to show, and hear how it goes with their window.
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { startInBackground } from '../background.ts';
import { attend, rendezvousOf } from './rendezvous.ts';
import { readViewRequest, type ViewRequest } from './view-request.ts';

/** What a command hears about its window, one JSON text a line. */
export type ViewReply = { opened: true } | { closed: true } | { error: string };

/** A command that stays until its window closes, or until it is tired of waiting. */
export interface Visitor {
  reply(message: ViewReply): void;
  /** The command has ended: of itself, or because it was stopped. */
  onLeave(listener: () => void): void;
}

/** For a window that no command asked for. */
export const nobody: Visitor = { reply: () => {}, onLeave: () => {} };

export class Door {
  readonly #open: (request: ViewRequest, visitor: Visitor) => void;
  readonly #visitors = new Set<Socket>();
  #server: Server | null = null;

  private constructor(open: (request: ViewRequest, visitor: Visitor) => void) {
    this.#open = open;
  }

  /** Opens the door of this kind of host; null when another viewer has it. `open` is called for every window wanted. */
  static async of(
    kind: string,
    open: (request: ViewRequest, visitor: Visitor) => void,
  ): Promise<Door | null> {
    const door = new Door(open);
    door.#server = await attend(rendezvousOf(kind), (socket) => startInBackground(door.#visit(socket)));
    return door.#server && door;
  }

  /** Lets nobody in any more, and sends away who is in; who still wants something starts a viewer of its own. */
  close(): void {
    this.#server?.close();
    this.#server = null;
    for (const visitor of this.#visitors) visitor.end();
  }

  async #visit(socket: Socket): Promise<void> {
    this.#visitors.add(socket);
    socket.on('close', () => this.#visitors.delete(socket));
    const reply = (message: ViewReply) =>
      void (socket.writable && socket.write(JSON.stringify(message) + '\n'));
    const onLeave = (listener: () => void) => void socket.once('close', listener);
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (!this.#server) break;
      try {
        this.#open(readViewRequest(JSON.parse(line)), { reply, onLeave });
      } catch (error) {
        reply({ error: error instanceof Error ? error.message : String(error) });
      }
    }
  }
}
