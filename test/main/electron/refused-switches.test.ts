import { expect, it } from 'vitest';
import { refusedSwitch } from '../../../main/electron/refused-switches.ts';

it.each(['remote-debugging-port', 'remote-debugging-pipe', 'js-flags', 'load-extension', 'gpu-launcher'])(
  'refuses --%s',
  (name) => {
    expect(refusedSwitch((asked) => asked === name)).toBe(name);
  },
);

it('refuses nothing of the rest', () => {
  const given = ['force-device-scale-factor', 'no-sandbox', 'ozone-platform'];
  expect(refusedSwitch((asked) => given.includes(asked))).toBeNull();
});
