// A fake of the host, to test the page by itself: it serves the page, which was built for the tests, opens it in Chromium, and stands in
// for main behind `window.objgraphHost`. It answers what the test says and remembers what it was asked.
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Disposable, Page } from 'playwright-core';
import { testPage } from '../../build/scripts/parts.mjs';
import { layOutScene } from '../../main/workers/lay-out-scene.ts';
import type { DocumentState, Engine, MainMessage, Method, RequestMessage } from '../../shared/protocol.ts';
import { nothingHidden } from '../../shared/protocol/picture.ts';
import { packScene, type PackedScene } from '../../shared/scene/packed-scene.ts';
import { requests } from '../../shared/protocol/declarations.ts';
import { startBrowser } from '../chromium.ts';
import { expectDeclared } from '../declared.ts';
import type { NodeRef, Scene } from '../../shared/scene/scene.ts';

declare global {
  interface Window {
    fakeHost: {
      requests: RequestMessage[];
      /** What was answered, to be checked against the protocol. */
      answered: { method: Method; result: unknown }[];
      failing: Record<string, string>;
      answers: Record<string, unknown>;
      /** Answers that depend on what was asked; they may be promises. */
      handlers: Record<string, (params: never) => unknown>;
      tell(message: MainMessage): void;
    };
  }
}

/** As strict as any host of ours: a page that needs more has something inline. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws:";
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

let ofWorker: Promise<FakeHost> | null = null;

export class FakeHost {
  readonly #server: Server;
  readonly #browser: Browser;
  /** Pages that tests have left, by the options of their contexts: a new document in one of them is there in a fifth of the time. */
  readonly #idle = new Map<string, Page[]>();

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  /** The worker's one host: its files share the server, the browser and its pages (`isolate: false`), which end with the worker. */
  static async ofWorker(): Promise<FakeHost> {
    const running = await ofWorker;
    if (!running || !running.#browser.isConnected()) ofWorker = FakeHost.#start();
    return ofWorker!;
  }

  static async #start(): Promise<FakeHost> {
    const server = createServer(async ({ url = '/' }, response) => {
      const path = new URL(url, 'http://page').pathname;
      const file = join(testPage, path === '/' ? 'index.html' : path);
      try {
        const body = await readFile(file);
        response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
        response.setHeader('content-security-policy', policy);
        response.setHeader('cache-control', 'max-age=3600');
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new FakeHost(server, await startBrowser());
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  get server(): Server {
    return this.#server;
  }

  /** A window whose main answers with `state`. */
  async open(
    state: Partial<DocumentState> = {},
    options: BrowserContextOptions = {},
    answers: Record<string, unknown> = {},
    prepare: (page: Page) => Promise<Disposable[]> = () => Promise.resolve([]),
  ): Promise<FakeWindow> {
    const opened = await this.blank(options);
    const host = await opened.page.addInitScript(
      ([{ scene, ...rest }, answers]) => {
        const first = { ...rest, scene: scene && scene.frame };
        let listener: (message: MainMessage) => void = () => {};
        window.fakeHost = {
          requests: [],
          answered: [],
          failing: {},
          answers,
          handlers: {},
          tell: (message) => listener(message),
        };
        window.objgraphHost = {
          receive: (added) => (listener = added),
          send(request) {
            const { id, method } = request;
            const { requests, failing, answers, handlers } = window.fakeHost;
            requests.push(request);
            const usual = {
              'document.get': first,
              'recent.list': [],
              'window.given': { path: null },
              'settings.get': { minimap: true, modernLook: false, layout: {} },
              'link.open': { question: null, scheme: null, document: null },
            };
            const answer = async () => {
              if (failing[method]) throw new Error(failing[method]);
              if (handlers[method]) return handlers[method](request.params as never);
              if (method === 'document.get')
                for (const data of scene?.parts ?? [])
                  listener({ event: 'scene.part', data: { ...data, revision: first.revision } });
              return answers[method] ?? usual[method as keyof typeof usual] ?? null;
            };
            void answer().then(
              (result) => {
                window.fakeHost.answered.push({ method, result });
                listener({ id, ok: true, result });
              },
              (error: Error) =>
                listener({ id, ok: false, error: { code: 'failed', message: error.message } }),
            );
          },
        };
      },
      [packed(documentState(state)), answers] as const,
    );
    opened.scripts.push(host, ...(await prepare(opened.page)));
    await opened.page.goto(this.address);
    await opened.settle();
    return opened;
  }

  /** A window without a host in it. */
  async blank(options: BrowserContextOptions = {}): Promise<FakeWindow> {
    const context: BrowserContextOptions = { viewport: { width: 1000, height: 700 }, ...options };
    const key = JSON.stringify(context);
    const idle = this.#idle.get(key) ?? [];
    this.#idle.set(key, idle);
    const page = idle.pop() ?? (await (await this.#browser.newContext(context)).newPage());
    const { colorScheme = 'light', reducedMotion = 'no-preference' } = context;
    await page.emulateMedia({ media: null, colorScheme, reducedMotion });
    if (context.viewport) await page.setViewportSize(context.viewport);
    return new FakeWindow(page, () => idle.push(page));
  }
}

export class FakeWindow {
  readonly page: Page;
  /** What the page complained of in its console. */
  readonly complaints: string[] = [];
  /** What runs in the page before its program does. */
  readonly scripts: Disposable[] = [];
  readonly #left: () => void;
  #isLeft = false;

  constructor(page: Page, left: () => void) {
    this.page = page;
    this.#left = left;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  /** The page asked, and was answered, as the protocol declares it. */
  async expectDeclared(): Promise<void> {
    const asked = await this.page.evaluate(() => window.fakeHost.requests);
    for (const { method, params } of asked) expectDeclared(requests[method].params, params);
    const answered = await this.page.evaluate(() => window.fakeHost.answered);
    for (const { method, result } of answered) expectDeclared(requests[method].result, result);
  }

  get canvas() {
    return this.page.locator('canvas').first();
  }

  /** What the canvas says of itself in its data attributes. */
  async shown() {
    return this.canvas.evaluate(({ dataset }) => ({
      ...(dataset as Record<'status' | 'revision' | 'nodes' | 'edges' | 'hovered' | 'selected', string>),
      zoom: Number(dataset.zoom),
      x: Number(dataset.x),
      y: Number(dataset.y),
      paints: Number(dataset.paints),
    }));
  }

  /** Where a point of the scene is in the window. */
  async locate(x: number, y: number) {
    const { zoom, x: left, y: top } = await this.shown();
    const box = (await this.page.locator('.view').boundingBox())!;
    return { x: box.x + x * zoom + left, y: box.y + y * zoom + top };
  }

  /** Main reports a change; with `scene: undefined` the picture is still the last one. */
  async change(state: Partial<DocumentState>): Promise<void> {
    // As it comes by wire, where what is undefined is not there.
    const { scene, ...rest } = { ...documentState({}), revision: state.scene ? 1 : 0, ...state };
    const { parts = [], frame } = scene ? packScene(scene) : { frame: scene };
    const messages = [
      ...parts.map((part) => ({ event: 'scene.part', data: { ...part, revision: rest.revision } })),
      { event: 'document.changed', data: { ...rest, scene: frame } },
    ];
    await this.page.evaluate(
      (text) => (JSON.parse(text) as MainMessage[]).forEach((message) => window.fakeHost.tell(message)),
      JSON.stringify(messages),
    );
    await this.settle();
  }

  /** From now on main refuses this request. */
  async refuse(method: Method, error: string): Promise<void> {
    await this.page.evaluate(([method, error]) => (window.fakeHost.failing[method] = error), [
      method,
      error,
    ] as const);
  }

  /** What the page asked for after its first questions. */
  requests(): Promise<RequestMessage[]> {
    return this.page.evaluate(() =>
      window.fakeHost.requests.filter(
        ({ method }) =>
          ![
            'document.get',
            'recent.list',
            'settings.get',
            'heap.get',
            'target.get',
            'allocations.get',
            'window.actions',
          ].includes(method),
      ),
    );
  }

  /** Two frames: state has reached the page, and the page has painted it. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    );
  }

  /** Until the camera rests: two looks in a row are the same. */
  async rest(): Promise<void> {
    let last = '';
    for (;;) {
      const { zoom, x, y } = await this.shown();
      const now = `${zoom} ${x} ${y}`;
      if (now === last) return;
      last = now;
      await this.page.waitForTimeout(120);
    }
  }

  /** Leaves the page as a new one is, for the next test. */
  async close(): Promise<void> {
    if (this.#isLeft || this.page.isClosed()) return;
    this.#isLeft = true;
    await this.page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
    await this.page.goto('about:blank');
    for (const script of this.scripts) await script.dispose();
    for (const event of ['console', 'pageerror'] as const) this.page.removeAllListeners(event);
    await this.page.mouse.move(-1, -1);
    this.#left();
  }
}

const packed = ({ scene, ...rest }: DocumentState): DocumentState<PackedScene> => ({
  ...rest,
  scene: scene && packScene(scene),
});

function documentState(state: Partial<DocumentState>): DocumentState {
  return {
    title: 'graph.dot',
    path: '/tmp/graph.dot',
    engine: 'dot',
    busySince: null,
    graphs: ['graph'],
    graph: 0,
    layers: [],
    layer: null,
    scene: null,
    revision: state.scene ? 1 : 0,
    isPreview: false,
    problem: null,
    warnings: [],
    refusedFolders: [],
    modernLook: false,
    isPlain: false,
    systemDot: true,
    exploration: nothingHidden,
    ...state,
  };
}

/** Lays a graph out with the Graphviz that the viewer uses. */
export async function layOut(
  dot: string,
  engine: Engine = 'dot',
  refs: Record<string, NodeRef> = {},
): Promise<Scene> {
  return (await layOutScene({ dot, engine, refs })).scene;
}

/** A picture of a heap as a test writes it: `o5` is the object @5, `too_many_o5` counts more of what it refers to. */
export async function layOutHeap(dot: string): Promise<Scene> {
  const refs: Record<string, NodeRef> = {};
  for (const [name, , digits] of dot.matchAll(/\b(too_many_)?o(\d+)\b/g))
    refs[name] = name.startsWith('too_many_')
      ? { kind: 'more', of: `o${digits}` }
      : { kind: 'object', id: Number(digits) };
  return layOut(dot, 'dot', refs);
}
