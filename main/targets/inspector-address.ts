// A target behind an inspector's address: `ws://…` as Node prints it, or HOST:PORT of Node, Deno or Chromium.
import { Connection, LiveTarget } from './connection.ts';
import { splitThread } from './inspected-heap.ts';
import { InspectorClient } from './inspector-client.ts';
import { findSession } from './inspector-sessions.ts';
import type { TargetKind } from './target.ts';

/** A colon in front of digits alone: no path of Windows, and a file can be named as ./file:1. */
const hostAndPort = /^(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}(#\d+)?$/i;

export const inspectorAddresses: TargetKind = {
  recognise: (text) => /^(wss?|https?):\/\//i.test(text) || hostAndPort.test(text),
  open: (text) => new InspectorAddress(text),
};

class InspectorAddress extends LiveTarget {
  constructor(readonly name: string) {
    super();
  }

  async connect(signal: AbortSignal): Promise<Connection> {
    const { name } = this;
    const { place, thread } = splitThread(name);
    const url = /^wss?:/i.test(place) ? place : await findSession(place, signal);
    const client = await InspectorClient.connect(url, name, signal);
    return Connection.over(client, { name, url, thread, openedByUs: false, ourPid: null });
  }
}
