// What `ps` and `lsof` of macOS print, as their manuals and a macOS 14 have it: written down here, not run.
import { expect, it } from 'vitest';
import { readLsof, readPs } from '../../../../main/targets/processes/macos.ts';

const names = `    1 root              14080 12-03:04:05 /sbin/launchd
  501 ada               48272    01:02:03 /usr/local/bin/node
  502 ada               61184       00:07 /Applications/Google Chrome.app/Contents/MacOS/Google Chrome
  503 ada               70208       00:07 /Applications/Google Chrome.app/Contents/Frameworks/Google Chrome Framework.framework/Helpers/Google Chrome Helper
  504 _www              40000 01-00:00:00 /opt/homebrew/bin/node
`;
const commands = `    1 /sbin/launchd
  501 node --inspect server.js --port 80
  502 /Applications/Google Chrome.app/Contents/MacOS/Google Chrome --remote-debugging-port=9222
  503 /Applications/Google Chrome.app/Contents/Frameworks/x --type=renderer
  504 /opt/homebrew/bin/node /srv/app.js
`;

it('ps lists processes', () => {
  const common = { folder: null, listeners: [], threads: 0, root: '/' };
  expect(readPs(names, commands, 'ada')).toEqual([
    {
      ...common,
      pid: 501,
      runtime: 'node',
      program: '/usr/local/bin/node',
      args: ['/usr/local/bin/node', '--inspect', 'server.js', '--port', '80'],
      uptime: 3723,
      memory: 48272 * 1024,
      obstacle: null,
    },
    {
      ...common,
      pid: 502,
      runtime: 'chromium',
      program: '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      args: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '--remote-debugging-port=9222'],
      uptime: 7,
      memory: 61184 * 1024,
      obstacle: null,
    },
    {
      ...common,
      pid: 504,
      runtime: 'node',
      program: '/opt/homebrew/bin/node',
      args: ['/opt/homebrew/bin/node', '/srv/app.js'],
      uptime: 86400,
      memory: 40000 * 1024,
      obstacle: 'process 504 belongs to another user: run this command as that user',
    },
  ]);
});

it('lsof lists folders and sockets', () => {
  const text = `p501
fcwd
tDIR
n/Users/ada/shop
f20
tIPv4
n127.0.0.1:9229
TST=LISTEN
TQR=0
f21
tIPv4
n127.0.0.1:9229->127.0.0.1:50123
TST=ESTABLISHED
f22
tIPv6
n*:3000
TST=LISTEN
p502
fcwd
tDIR
n/
f9
tIPv6
n[::1]:9222
TST=LISTEN
`;
  expect([...readLsof(text)]).toEqual([
    [
      501,
      {
        folder: '/Users/ada/shop',
        listeners: [
          { host: '127.0.0.1', port: 9229, isInUse: true },
          { host: '127.0.0.1', port: 3000, isInUse: false },
        ],
      },
    ],
    [502, { folder: '/', listeners: [{ host: '[::1]', port: 9222, isInUse: false }] }],
  ]);
});
