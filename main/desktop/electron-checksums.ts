// SHA-256 of the files of Electron's release, as its package has them: what is downloaded is compared with what was built with.
import all from 'electron/checksums.json' with { type: 'json' };

const isApp = (name: string) => /^electron-v[\d.]+-(?:linux|darwin|win32)-(?:x64|arm64)\.zip$/.test(name);

export const electronChecksums: Record<string, string> = Object.fromEntries(
  Object.entries(all).filter(([name]) => isApp(name)),
);
