// Packages that were asked to be signed are signed, or are not made. No key is here: what electron-builder does with one is not
// run.
import { expect, it } from 'vitest';
// @ts-expect-error a script of the build has no types
import { signing } from '../../build/signing.mjs';

const sign = signing as (
  env: NodeJS.ProcessEnv,
  platform: string,
) => { forceCodeSigning: boolean; mac: { notarize: boolean } };

const apple = { APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 'u' };

it('nothing is demanded or notarised unless it is asked for, even where keys are', () => {
  expect(sign({ CSC_LINK: 'file' }, 'darwin')).toEqual({ forceCodeSigning: false, mac: { notarize: false } });
});

it.each([
  ['darwin', {}, 'CSC_LINK, CSC_KEY_PASSWORD, APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER'],
  ['darwin', { CSC_LINK: 'file', CSC_KEY_PASSWORD: 'p', ...apple, APPLE_API_KEY: '' }, 'APPLE_API_KEY'],
  ['win32', { WIN_CSC_LINK: 'file' }, 'WIN_CSC_KEY_PASSWORD'],
])('on %s it fails without all keys (%o)', (platform, env, missing) => {
  expect(() => sign({ ...env, OBJGRAPH_SIGN: '1' }, platform)).toThrow(
    `OBJGRAPH_SIGN=1 asks for signed packages, and these keys are missing: ${missing}`,
  );
});

it('with them, packages of macOS are notarised, and one that could not be signed is an error', () => {
  const env = { OBJGRAPH_SIGN: '1', CSC_LINK: 'file', CSC_KEY_PASSWORD: 'p', ...apple };
  expect(sign(env, 'darwin')).toEqual({ forceCodeSigning: true, mac: { notarize: true } });
  expect(sign({ OBJGRAPH_SIGN: '1', WIN_CSC_LINK: 'f', WIN_CSC_KEY_PASSWORD: 'p' }, 'win32')).toMatchObject({
    forceCodeSigning: true,
  });
  expect(sign({ OBJGRAPH_SIGN: '1' }, 'linux').forceCodeSigning).toBe(false);
});
