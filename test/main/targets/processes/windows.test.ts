// The answer of PowerShell to our question, in the form that the documentation of its parts gives: written down here, not run.
import { expect, it } from 'vitest';
import { readPowerShell } from '../../../../main/targets/processes/windows.ts';

const answer = {
  now: '2026-11-22T12:00:00.0000000Z',
  processes: [
    { pid: 4, name: 'System', path: null, command: null, memory: 143360, started: '2026-11-20T08:00:00Z' },
    {
      pid: 4242,
      name: 'node.exe',
      path: 'C:\\Program Files\\nodejs\\node.exe',
      command: '"C:\\Program Files\\nodejs\\node.exe"  --inspect "C:\\my shop\\server.js" --port=80',
      memory: 51200000,
      started: '2026-11-22T11:59:30.0000000Z',
    },
    { pid: 4243, name: 'node.exe', path: null, command: null, memory: 4096, started: null },
    {
      pid: 4244,
      name: 'chrome.exe',
      path: 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      command: '"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --type=renderer',
      memory: 4096,
      started: null,
    },
  ],
  sockets: [
    { pid: 4242, host: '127.0.0.1', port: 9229, state: 'Listen' },
    { pid: 4242, host: '127.0.0.1', port: 9229, state: 'Established' },
    { pid: 4242, host: '::', port: 80, state: 'Listen' },
    { pid: 4, host: '0.0.0.0', port: 445, state: 'Listen' },
  ],
};

it('PowerShell lists processes and their sockets', () => {
  const common = { runtime: 'node', folder: null, threads: 0, root: '/' };
  expect(readPowerShell(JSON.stringify(answer))).toEqual([
    {
      ...common,
      pid: 4242,
      program: 'C:\\Program Files\\nodejs\\node.exe',
      args: ['C:\\Program Files\\nodejs\\node.exe', '--inspect', 'C:\\my shop\\server.js', '--port=80'],
      uptime: 30,
      memory: 51200000,
      listeners: [
        { host: '127.0.0.1', port: 9229, isInUse: true },
        { host: '127.0.0.1', port: 80, isInUse: false },
      ],
      obstacle: null,
    },
    {
      ...common,
      pid: 4243,
      program: 'node.exe',
      args: ['node.exe'],
      uptime: null,
      memory: 4096,
      listeners: [],
      obstacle:
        'process 4243 belongs to another user or runs as administrator: run this command as that user',
    },
  ]);
});
