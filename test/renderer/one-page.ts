// For tests of the page: a fake host, and in every test one window on the same small graph. A test that leaves a
// complaint in the window's console fails.
import type { BrowserContextOptions } from 'playwright-core';
import { afterEach, beforeAll, expect } from 'vitest';
import type { DocumentState } from '../../shared/protocol.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { FakeHost, layOut, type FakeWindow } from './fake-host.ts';

const graph = `digraph {
  a [label="Array\\n3 items" tooltip="<b>24 bytes</b>\\n@1"]; b [URL="https://example.org/\\N"]; far [label="the last one"];
  a -> b [label="[0]" edgetooltip="first item"]; a -> c -> d -> e -> f -> far; a -> far
}`;

export function onePage() {
  let host: FakeHost;
  let window: FakeWindow;
  let scene: Scene;

  beforeAll(async () => {
    host = await FakeHost.ofWorker();
    scene = await layOut(graph);
  });
  afterEach(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
  });

  return {
    get window() {
      return window;
    },
    get scene() {
      return scene;
    },

    /** `answers` are main's, by request. */
    async open(
      state: Partial<DocumentState> = {},
      options: BrowserContextOptions = {},
      answers: Record<string, unknown> = {},
    ) {
      window = await host.open({ scene, ...state }, options, answers);
    },

    /** The middle of a node, in the scene. */
    middleOf(name: string) {
      const [left, top, right, bottom] = scene.nodes.find((node) => node.name === name)!.bounds;
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    },

    /** The middle of a node, in the window. */
    locateNode(name: string) {
      const { x, y } = this.middleOf(name);
      return window.locate(x, y);
    },

    async centreOfView() {
      const box = (await window.page.locator('.view').boundingBox())!;
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    },

    rest: () => window.rest(),

    /** What is shown once a key was pressed and the camera rests. */
    async pressed(key: string) {
      await window.page.keyboard.press(key);
      await this.rest();
      return window.shown();
    },
  };
}
