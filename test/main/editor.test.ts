import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { editorCommand, openInEditor, readPlace } from '../../main/editor.ts';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-editor-'));
  mkdirSync(join(folder, 'bin'));
  env = { PATH: join(folder, 'bin') };
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that writes its arguments, a line each, beside itself. */
function program(name: string, body = `printf '%s\\n' "$@" > ${join(folder, 'told')}`): string {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${body}\n`, { mode: 0o755 });
  return file;
}

const place = { file: '/app/a b.js', line: 12, column: 5 };

describe('a place', () => {
  it.each([
    ['a.js:12', { file: '/here/a.js', line: 12 }],
    ['./lib/a.js:12:5', { file: '/here/lib/a.js', line: 12, column: 5 }],
    ['/app/a.js', { file: '/app/a.js' }],
    ['a:1.js:3', { file: '/here/a:1.js', line: 3 }],
    ['file:///app/a%20b.js:12', { file: '/app/a b.js', line: 12 }],
  ])('is read of %s', (text, wanted) => {
    expect(readPlace(text, '/here')).toEqual(wanted);
  });

  it.each([
    '',
    'https://example.org/a.js:12',
    'javascript:alert(1)',
    'vscode://file/a.js:1',
    '//host/a.js',
    '\\\\host\\a.js:3',
    'file://host/a.js',
    'a\0.js',
  ])('is not read of %j', (text) => {
    expect(readPlace(text, '/here')).toBeNull();
  });

  it('is nowhere when it is relative and no folder is known', () => {
    expect(readPlace('a.js:12', null)).toBeNull();
    expect(readPlace('/a.js:12', null)).toEqual({ file: '/a.js', line: 12 });
  });
});

describe.skipIf(process.platform === 'win32')('an editor', () => {
  it.each([
    ['code', ['--goto', '/app/a b.js:12:5']],
    ['subl', ['/app/a b.js:12:5']],
    ['webstorm', ['--line', '12', '--column', '4', '/app/a b.js']],
    ['gvim', ['+12', '/app/a b.js']],
    ['emacsclient', ['+12:5', '/app/a b.js']],
    ['kate', ['-l', '12', '-c', '5', '/app/a b.js']],
    ['my-editor', ['/app/a b.js']],
  ])('%s gets the place in its own words', (name, args) => {
    const path = program(name);
    expect(editorCommand(place, name, env)).toEqual({ program: path, args });
  });

  it('gets a file alone where there is no line', () => {
    for (const name of ['code', 'subl', 'webstorm', 'gvim', 'kate']) program(name);
    const file = { file: '/a.js' };
    expect(editorCommand(file, 'code', env).args).toEqual(['--goto', '/a.js']);
    for (const name of ['subl', 'webstorm', 'gvim', 'kate'])
      expect(editorCommand(file, name, env).args).toEqual(['/a.js']);
  });

  it('is chosen by --editor, then OBJGRAPH_EDITOR, then VISUAL, then by what is installed', () => {
    const [a, b, c, code] = ['a', 'b', 'c', 'code'].map((name) => program(name));
    const wishes = { ...env, OBJGRAPH_EDITOR: 'b', VISUAL: 'c' };
    expect(editorCommand(place, 'a', wishes).program).toBe(a);
    expect(editorCommand(place, null, wishes).program).toBe(b);
    expect(editorCommand(place, null, { ...env, OBJGRAPH_EDITOR: ' ', VISUAL: 'c' }).program).toBe(c);
    expect(editorCommand(place, null, env).program).toBe(code);
  });

  it('takes quoted words and a pattern, and nothing of it is given to a shell', () => {
    const term = program('term');
    const wish = `term -T 'my  "title"' -e "a \\" b" $(touch x) '+{line}' {file}:{column}`;
    expect(editorCommand(place, wish, env)).toEqual({
      program: term,
      args: ['-T', 'my  "title"', '-e', 'a " b', '$(touch', 'x)', '+12', '/app/a b.js:5'],
    });
  });

  it('is refused when it is not there, when others can change it, and when it needs a terminal', () => {
    expect(() => editorCommand(place, 'absent', env)).toThrow(/--editor names absent, which is neither/);
    expect(() => editorCommand(place, null, env)).toThrow(
      /No editor is known here.*--editor or OBJGRAPH_EDITOR/,
    );
    chmodSync(program('open'), 0o777);
    expect(() => editorCommand(place, join(folder, 'bin', 'open'), env)).toThrow(
      /may be changed by everyone/,
    );
    program('vim');
    expect(() => editorCommand(place, null, { ...env, VISUAL: 'vim' })).toThrow(
      /VISUAL names vim, which needs a terminal/,
    );
    expect(editorCommand(place, 'vim -g +{line} {file}', env).args).toEqual(['-g', '+12', '/app/a b.js']);
  });

  it('is started with the place, and says so when it could not', async () => {
    const file = join(folder, '$(x) a.js');
    writeFileSync(file, '');
    program('code');
    await openInEditor({ file, line: 3 }, null, env);
    await vi.waitFor(() => expect(readFileSync(join(folder, 'told'), 'utf8')).toBe(`--goto\n${file}:3\n`));
    program('subl', 'exit 7');
    await expect(openInEditor({ file }, 'subl', env)).rejects.toThrow(/subl ended with status 7/);
    await expect(openInEditor({ file: join(folder, 'none.js') }, null, env)).rejects.toThrow(
      /There is no file/,
    );
    await expect(openInEditor({ file: folder }, null, env)).rejects.toThrow(/is not a file/);
  });
});
