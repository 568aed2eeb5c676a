import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, afterEach, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { removeTemporary } from '../../../main/documents/temporary.ts';
import type { DocumentChange } from '../../../shared/protocol.ts';
import type { ViewRequest } from '../../../main/viewer/view-request.ts';
import { ProtocolError } from '../../../main/viewer/protocol-error.ts';
import { Session } from '../../../main/viewer/session.ts';
import { stateFile } from '../../../main/state-file.ts';
import { newDocuments, openPath } from '../../../main/viewer/window-documents.ts';
import { sceneOf } from '../documents/scene-of.ts';

const host = {
  send: vi.fn<(message: unknown) => void>(),
  editor: null as string | null,
  openLink: vi.fn(() => Promise.resolve()),
  chooseFile: vi.fn(() => Promise.resolve<string | null>(null)),
  openWindow: vi.fn<(request: ViewRequest) => void>(),
  pathOfGiven: vi.fn(() => Promise.resolve<string | null>(null)),
  closeWindow: vi.fn(),
};
let document: GraphDocument;
let session: Session;

beforeEach(() => {
  vi.clearAllMocks();
  document = new GraphDocument();
  session = new Session({ ...newDocuments(), document }, host);
});
afterEach(() => session.dispose());

it('gives the document, and reports its changes', async () => {
  await session.receive({ id: 7, method: 'document.get', params: null });
  expect(host.send.mock.calls).toEqual([[{ id: 7, ok: true, result: document.state }]]);
  await session.receive({ id: 8, method: 'document.openText', params: { name: 'a', text: 'digraph { a }' } });
  await vi.waitFor(
    () =>
      expect(host.send).toHaveBeenLastCalledWith({
        event: 'document.changed',
        data: expect.objectContaining({ title: 'a', revision: 1 }),
      }),
    10_000,
  );
});

it('leaves nothing open when its window closes while a file is looked at', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-closed-'));
  const file = join(folder, 'a.dot');
  writeFileSync(file, 'digraph { a }');
  const documents = newDocuments();
  const closed = new Session(documents, host);
  const opening = closed.receive({ id: 1, method: 'document.open', params: { path: file } });
  const reading = openPath(join(folder, 'a.heapsnapshot'), documents);
  await closed.dispose();
  await Promise.all([opening, reading]);
  await documents.heap.open(join(folder, 'a.heapsnapshot'));
  expect(documents.document.state).toMatchObject({ path: null, scene: null });
  expect(documents.heap.state).toBeNull();
  rmSync(folder, { recursive: true });
});

it('sends a picture once, and again only when it is another one', async () => {
  await document.openText('a', 'digraph { a }');
  await vi.waitFor(() => expect(sent().some(({ scene }) => scene)).toBe(true), 10_000);
  vi.clearAllMocks();
  await document.openText('a', 'digraph { a');
  expect(sent().at(0)).toMatchObject({ scene: null, revision: 2 });
  expect(sent().at(-1)).toMatchObject({ problem: { line: 1 } });
  expect(sent().at(-1)).not.toHaveProperty('scene');
  await document.openText('a', 'digraph { b }');
  const { frame, parts } = document.state.scene!;
  const partsSent = parts.map((part) => ({ event: 'scene.part', data: { revision: 3, ...part } }));
  expect(lastSent(2)).toMatchObject([...partsSent, { data: { revision: 3, scene: frame } }]);
  expect(parts[0].json).toContain('"name":"b"');
  await session.receive({ id: 7, method: 'document.get', params: null });
  expect(lastSent(2)).toEqual([
    ...partsSent,
    { id: 7, ok: true, result: { ...document.state, scene: frame } },
  ]);
});

/** Changes of the document. */
const sent = () =>
  host.send.mock.calls
    .map(([message]) => message as { event?: string; data: DocumentChange })
    .flatMap(({ event, data }) => (event === 'document.changed' ? [data] : []));
const lastSent = (messages: number) => host.send.mock.calls.slice(-messages).map(([message]) => message);

it.each([
  ['svg', 'a.svg', /^<\?xml[^]*<svg /],
  ['png', 'a.png', /^\x89PNG/],
  ['dot', 'a.dot', /^digraph \{[^]*pos=/],
  ['json', 'a.json', /^\{[^]*"_gvid"/],
  ['xdot', 'a.xdot', /^digraph \{[^]*_draw_=/],
])('exports the picture as %s', async (format, name, content) => {
  await document.openText('a.dot', 'digraph one { x } digraph { a -> b }');
  await document.setGraph(1);
  await session.receive({ id: 9, method: 'document.export', params: { format, scale: 2 } });
  const { result } = host.send.mock.lastCall![0] as { result: { name: string; data: string } };
  expect(result).toMatchObject({ name, notes: [] });
  const text = Buffer.from(result.data, 'base64').toString('latin1');
  expect(text).toMatch(content);
  expect(text).not.toContain('x [');
});

it('exports what is in view, and gives texts for the clipboard', async () => {
  await document.openText('a.dot', 'digraph { a -> b -> c }');
  const ask = (method: string, params: object) => session.receive({ id: 9, method, params });
  const [left, top, right, bottom] = sceneOf(document.state).bounds;
  const part = [left - 50, top, right, (top + bottom) / 2];
  await ask('document.export', { format: 'svg', scale: 1, part });
  const { result } = host.send.mock.lastCall![0] as { result: { data: string } };
  const svg = Buffer.from(result.data, 'base64').toString();
  expect(svg).toContain(`height="${((bottom - top) / 2).toFixed(2)}pt"`);
  await ask('document.export', { format: 'svg', scale: 1, part: [9000, 0, 9001, 1] });
  expect(host.send.mock.lastCall![0]).toMatchObject({
    ok: false,
    error: { code: 'failed', message: 'Nothing of the picture is in view' },
  });
  await ask('document.export', { format: 'svg', scale: 1, part: [1, 2, 3] });
  expect(host.send.mock.lastCall![0]).toMatchObject({
    ok: false,
    error: { code: 'invalid', message: 'part is a box of four numbers' },
  });
  await ask('document.text', { format: 'dot' });
  expect(host.send.mock.lastCall![0]).toMatchObject({
    ok: true,
    result: { text: expect.stringMatching(/^digraph \{[^]*pos=/) },
  });
});

it('lets a host that has a dialog save the file, and says when there is none to be made', async () => {
  const saveFile = vi.fn(() => Promise.resolve());
  const saving = new Session({ ...newDocuments(), document }, { ...host, saveFile });
  const ask = (format: string) =>
    saving.receive({ id: 9, method: 'document.export', params: { format, scale: 1 } });
  await ask('svg');
  expect(host.send.mock.lastCall![0]).toMatchObject({
    ok: false,
    error: { message: 'There is no picture to export' },
  });
  await document.openText('a', 'digraph { a }');
  await ask('svg');
  expect(saveFile).toHaveBeenCalledExactlyOnceWith('a.svg', expect.any(Uint8Array));
  expect(host.send.mock.lastCall![0]).toMatchObject({ ok: true, result: { name: 'a.svg', data: null } });
});

it('opens web links, asks before other schemes, and never opens scripts', async () => {
  const ask = async (url: string, answer?: string) => {
    await session.receive({ id: 1, method: 'link.open', params: { url, answer } });
    return host.send.mock.lastCall?.[0] as { ok: boolean; result: unknown; error: { message: string } };
  };
  await ask('https://example.org/a b');
  expect(host.openLink).toHaveBeenCalledExactlyOnceWith('https://example.org/a%20b');
  for (const url of [
    'javascript:alert(1)',
    'javascript:alert(1)',
    'data:text/html,x',
    '--help',
    '',
    ' https',
  ])
    expect(await ask(url, 'once')).toMatchObject({ ok: false, error: { message: expect.any(String) } });
  expect(await ask('vscode://x')).toMatchObject({
    ok: true,
    result: { question: expect.any(String), scheme: 'vscode' },
  });
  expect(host.openLink).toHaveBeenCalledTimes(1);
  expect(await ask('vscode://x', 'once')).toMatchObject({ ok: true, result: { question: null } });
  expect(host.openLink).toHaveBeenLastCalledWith('vscode://x');
});

it('opens a graph beside the graph in this window, and a source file in the editor that its command named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-session-links-'));
  const [a, b, told] = ['a.dot', 'b.dot', 'told'].map((name) => join(folder, name));
  writeFileSync(a, 'digraph { a }');
  writeFileSync(b, 'digraph { b -> c }');
  const editor = join(folder, 'editor');
  writeFileSync(editor, `#!/bin/sh\nPATH=/bin:/usr/bin\nprintf %s "$1" > ${told}\n`, { mode: 0o755 });
  await document.openFile(a);
  host.editor = `${editor} {file}@{line}`;
  await session.receive({ id: 1, method: 'link.open', params: { url: 'b.dot:7' } });
  host.editor = null;
  await vi.waitFor(() => expect(readFileSync(told, 'utf8')).toBe(`${b}@7`));
  await session.receive({ id: 2, method: 'link.open', params: { url: 'b.dot' } });
  expect(host.send).toHaveBeenCalledWith({
    id: 2,
    ok: true,
    result: { question: null, scheme: null, document: b },
  });
  await vi.waitFor(() => expect(sceneOf(document.state).nodes).toHaveLength(2), 10_000);
  rmSync(folder, { recursive: true });
});

it('closes its window and asks for files by its host', async () => {
  host.chooseFile.mockResolvedValueOnce('/a/b.dot');
  await session.receive({ id: 1, method: 'document.choose', params: null });
  expect(host.send).toHaveBeenLastCalledWith({ id: 1, ok: true, result: { path: '/a/b.dot' } });
  await session.receive({ id: 2, method: 'window.close', params: null });
  expect(host.closeWindow).toHaveBeenCalledOnce();
});

it('opens other windows, on files and on texts that have none', async () => {
  await session.receive({ id: 1, method: 'window.open', params: { path: '/a/b.dot' } });
  expect(host.openWindow).toHaveBeenLastCalledWith(
    expect.objectContaining({ path: '/a/b.dot', title: 'b.dot', temporary: false, attended: false }),
  );
  await session.receive({ id: 2, method: 'window.openText', params: { name: 'c.dot', text: 'graph {é}' } });
  const { path, ...request } = host.openWindow.mock.lastCall![0];
  expect(request).toMatchObject({ title: 'c.dot', temporary: true });
  expect(readFileSync(path!, 'utf8')).toBe('graph {é}');
  removeTemporary(path!);
});

it('knows where files are only where its host does', async () => {
  await session.receive({ id: 1, method: 'window.given', params: { index: 1 } });
  expect(host.send).toHaveBeenLastCalledWith({ id: 1, ok: true, result: { path: null } });
  host.pathOfGiven.mockResolvedValueOnce('/a/b.dot');
  await session.receive({ id: 2, method: 'window.given', params: { index: 1 } });
  expect(host.pathOfGiven).toHaveBeenLastCalledWith(1);
  expect(host.send).toHaveBeenLastCalledWith({ id: 2, ok: true, result: { path: '/a/b.dot' } });
});

it('remembers the files that it shows, and lists them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
  const [good, bad] = ['good.dot', 'bad.dot'].map((name) => join(folder, name));
  writeFileSync(good, 'digraph { a }');
  writeFileSync(bad, 'digraph {');
  for (const path of [good, bad]) await document.openFile(path);
  await session.receive({ id: 1, method: 'recent.list', params: null });
  expect(host.send).toHaveBeenLastCalledWith({
    id: 1,
    ok: true,
    result: [{ path: good, name: 'good.dot', folder }],
  });
  await session.receive({ id: 2, method: 'recent.clear', params: null });
  await session.receive({ id: 3, method: 'recent.list', params: null });
  expect(host.send).toHaveBeenLastCalledWith({ id: 3, ok: true, result: [] });
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('remembers what was chosen for all windows, in whatever state that is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
  try {
    const settings = async () => {
      await session.receive({ id: 1, method: 'settings.get', params: null });
      return host.send.mock.lastCall;
    };
    const usual = [{ id: 1, ok: true, result: { minimap: true, modernLook: false, layout: {} } }];
    expect(await settings()).toEqual(usual);
    await session.receive({ id: 2, method: 'settings.set', params: { minimap: false } });
    expect(await settings()).toEqual([
      { id: 1, ok: true, result: { minimap: false, modernLook: false, layout: {} } },
    ]);
    for (const broken of ['{', 'null', '{ "minimap": "no" }']) {
      writeFileSync(stateFile('settings'), broken);
      expect(await settings()).toEqual(usual);
    }
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});

it.each([
  [{ method: 'settings.set', params: { minimap: 1 } }, 'minimap is true or false'],
  [{ method: 'no.such', params: null }, 'There is no request "no.such"'],
  [{ method: 'toString', params: null }, 'There is no request "toString"'],
  [{ method: 'document.open', params: null }, 'The request needs path, a text'],
  [{ method: 'document.open', params: { path: 3 } }, 'The request needs path, a text'],
  [{ method: 'document.open', params: { path: '' } }, 'The path is empty'],
  [{ method: 'document.open', params: { path: 'x'.repeat(5000) } }, 'path is longer than 4096 characters'],
  [{ method: 'document.openText', params: { name: 'a' } }, 'The request needs text, a text'],
  [{ method: 'document.export', params: { format: 'exe', scale: 1 } }, 'format is one of svg, png'],
  [{ method: 'document.export', params: { format: 'png', scale: 99 } }, 'a number from 1 to 4'],
  [{ method: 'document.graph', params: { graph: 1 } }, 'The file has 0 graphs'],
  [{ method: 'document.graph', params: { graph: 'length' } }, 'graph is a whole number'],
  [{ method: 'document.engine', params: { engine: 'rm -rf' } }, 'engine is one of dot, neato'],
])('answers %j with its mistake', async (request, mistake) => {
  await session.receive({ id: 5, ...request });
  expect(host.send).toHaveBeenCalledExactlyOnceWith({
    id: 5,
    ok: false,
    error: { code: expect.stringMatching(/^(invalid|failed)$/), message: expect.stringContaining(mistake) },
  });
});

it.each([
  null,
  3,
  'text',
  {},
  { id: '1', method: 'document.get' },
  { id: 1.5, method: 'x' },
  { id: 1 },
  { id: 1, method: {} },
])('does not take %j for a request', async (message) => {
  await expect(session.receive(message)).rejects.toThrow(ProtocolError);
  expect(host.send).not.toHaveBeenCalled();
});
