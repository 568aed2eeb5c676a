// What a command line says of what runs.
import { describe, expect, it } from 'vitest';
import { isPartOfAnother, runtimeOf, titleOf } from '../../../../main/targets/processes/command-line.ts';
import { inspectorPortsIn } from '../../../../main/targets/inspector-ports.ts';

it.each([
  ['/usr/local/bin/node', 'node'],
  ['C:\\Program Files\\nodejs\\node.exe', 'node'],
  ['/home/me/.deno/bin/deno', 'deno'],
  ['/app/node_modules/electron/dist/electron', 'electron'],
  ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'chromium'],
  ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe', 'chromium'],
  ['/usr/lib/chromium/chromium', 'chromium'],
  ['/usr/bin/nodetool', null],
  ['/bin/bash', null],
])('%s is %s', (program, runtime) => {
  expect(runtimeOf(program)).toBe(runtime);
});

describe('the title of', () => {
  it.each([
    ['a script', 'node', ['node', 'src/server.js', '-e'], 'server.js'],
    [
      'a script after options',
      'node',
      ['node', '--inspect', '-r', 'a.js', '--import', 'b', 'server.js'],
      'server.js',
    ],
    ['a script after --', 'node', ['node', '--', 'server.js'], 'server.js'],
    ['code', 'node', ['node', '--inspect', '-e', 'f()'], 'node -e'],
    ['a prompt', 'node', ['node'], 'node'],
    ['a program that names itself', 'node', ['npm run dev'], 'npm run dev'],
    ['Deno', 'deno', ['deno', 'run', '--inspect', 'main.ts', 'x'], 'main.ts'],
    ['Deno with code', 'deno', ['deno', 'eval', '1'], 'deno'],
    ['a browser', 'chromium', ['chromium', '--flag', 'https://example.org/x'], 'chromium'],
    ['Electron', 'electron', ['electron', './app'], 'app'],
    ['Electron in this folder', 'electron', ['electron', '.'], 'electron'],
  ] as const)('%s', (_what, runtime, args, title) => {
    expect(titleOf(runtime, args, `/usr/bin/${runtime}`)).toBe(title);
  });
});

it('knows the children of Chromium, which write over their command line', () => {
  expect(isPartOfAnother(['chrome', '--type=renderer'])).toBe(true);
  expect(isPartOfAnother(['/usr/lib/chromium/chromium --type=zygote --no-sandbox'])).toBe(true);
  expect(isPartOfAnother(['chrome', '--user-data-dir=/tmp'])).toBe(false);
});

it.each([
  ['node --inspect server.js', []],
  ['node --inspect=9333 server.js', [9333]],
  ['node\0--inspect-brk=0.0.0.0:9444\0x', [9444]],
  ['node\0--inspect-port\0' + '0', [0]],
  ['chromium --remote-debugging-port=9222', [9222]],
])('%j has its inspector at %j', (text, ports) => {
  expect(inspectorPortsIn(text)).toEqual(ports);
});
