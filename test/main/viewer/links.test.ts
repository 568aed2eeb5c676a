import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { actionOf, allowScheme } from '../../../main/viewer/links.ts';

let folder: string;
let graph: string;
const file = (path: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), 'digraph { a }');
  return join(folder, path);
};
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'objgraph-links-')));
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  graph = file('project/a.dot');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it.each(['https://example.org/a b', 'http://example.org', 'HTTPS://example.org/#x'])(
  'opens %s at once',
  (url) => {
    expect(actionOf(url, graph)).toEqual({
      open: { how: 'outside', url: new URL(url).href },
      question: null,
      scheme: null,
    });
  },
);

it('opens a letter, without the files that it would attach', () => {
  expect(actionOf('mailto:a@b.org?subject=x%20y&attach=/etc/passwd&Attachment=b', graph)).toEqual({
    open: { how: 'outside', url: 'mailto:a@b.org?subject=x%20y' },
    question: null,
    scheme: null,
  });
});

it.each([
  ['b.gv', 'b.gv'],
  ['./sub/b.dot', 'sub/b.dot'],
  ['my graph.dot', 'my graph.dot'],
  ['my%20graph.dot', 'my graph.dot'],
  ['b.gv#node', 'b.gv'],
  ['sub/b.dot?x', 'sub/b.dot'],
])('opens the graph %s beside it in this viewer', (link, name) => {
  const path = file(`project/${name}`);
  expect(actionOf(link, graph)).toEqual({ open: { how: 'document', path }, question: null, scheme: null });
});

it('asks before a graph of another folder, also one behind a link', () => {
  const other = file('other/b.dot');
  symlinkSync(other, join(folder, 'project', 'link.dot'));
  for (const link of ['../other/b.dot', other, 'link.dot', pathToFileURL(other).href]) {
    expect(actionOf(link, graph)).toMatchObject({ open: { how: 'document', path: other }, scheme: null });
    expect(actionOf(link, graph).question).toContain(other);
  }
});

it('opens a line of a source file beside it in an editor, and asks before any other file', () => {
  const source = file('project/src/a.js');
  const other = file('other/b.js');
  expect(actionOf('src/a.js:12:3', graph)).toEqual({
    open: { how: 'editor', place: { file: source, line: 12, column: 3 } },
    question: null,
    scheme: null,
  });
  expect(actionOf('src/a.js', graph).question).toContain(source);
  expect(actionOf('../other/b.js:12', graph)).toMatchObject({
    open: { how: 'editor', place: { file: other, line: 12 } },
    question: expect.stringContaining(other),
  });
});

it('asks before a page or a picture of this computer', () => {
  const page = file('project/classA.html');
  expect(actionOf('classA.html', graph)).toMatchObject({
    open: { how: 'outside', url: pathToFileURL(page).href },
    question: expect.stringContaining(page),
  });
});

it('gives no file that a program of the system could run to the system', () => {
  for (const name of ['a.desktop', 'a.exe', 'a.sh', 'a.html.desktop', 'a.jar', 'a'])
    expect(actionOf((file(`project/${name}`), name), graph).open.how).toBe('editor');
});

it('asks before another scheme, until its user allows it for good', () => {
  const link = 'vscode://file/app/a.js:12';
  expect(actionOf(link, graph)).toEqual({
    open: { how: 'outside', url: link },
    question: expect.stringContaining('“vscode:”'),
    scheme: 'vscode',
  });
  allowScheme('vscode');
  expect(actionOf(link, graph).question).toBeNull();
  expect(actionOf('idea://open?file=a', graph).question).not.toBeNull();
});

it.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file://host/share/a.dot',
  '//host/a.dot',
  '\\\\host\\a.js:1',
  '',
  'view-source:https://a.b',
])('never opens %j', (link) => {
  expect(() => actionOf(link, graph)).toThrow(/never opened/);
});

it('says what is not there, and what a graph without a file cannot lead to', () => {
  expect(() => actionOf('none.dot', graph)).toThrow(/a file that is not there: "none.dot"/);
  expect(() => actionOf('file:///none/x.js', graph)).toThrow(/not there/);
  expect(() => actionOf('a.dot', null)).toThrow(/relative, and the graph has no file/);
});
