// Whether the desktop packages are signed. OBJGRAPH_SIGN=1 asks for it: then they are signed and, on macOS, notarised by Apple, or
// nothing is packed. Without it electron-builder signs with what it finds, and nothing is sent to Apple.

/** What electron-builder needs in the environment, by the system that packs. */
const keys = {
  // A certificate "Developer ID Application", and an App Store Connect key for notarisation.
  darwin: ['CSC_LINK', 'CSC_KEY_PASSWORD', 'APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  win32: ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'],
  // Packages of Linux carry no signature of ours.
  linux: [],
};

/**
 * The part of electron-builder's configuration that decides on signatures.
 * @throws Error that names the keys which are missing
 */
export function signing(env = process.env, platform = process.platform) {
  const isWanted = env.OBJGRAPH_SIGN === '1';
  const missing = (keys[platform] ?? []).filter((name) => !env[name]);
  if (isWanted && missing.length > 0)
    throw new Error(
      `OBJGRAPH_SIGN=1 asks for signed packages, and these keys are missing: ${missing.join(', ')}`,
    );
  return {
    forceCodeSigning: isWanted && platform !== 'linux',
    mac: { notarize: isWanted && platform === 'darwin' },
  };
}
