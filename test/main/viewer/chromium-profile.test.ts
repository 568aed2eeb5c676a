import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, statfsSync, symlinkSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adoptProfile, makeProfile, removeAbandonedProfiles } from '../../../main/viewer/chromium-profile.ts';

/** The number of a process that has ended. */
const endedProcess = () => spawnSync(process.execPath, ['-e', '0']).pid;

const hasMemoryFolder =
  process.platform === 'linux' &&
  existsSync('/dev/shm') &&
  statfsSync('/dev/shm').bavail * statfsSync('/dev/shm').bsize >= 256 * 2 ** 20;

let folder: string;
const made: string[] = [];
const { TMPDIR } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  process.env.TMPDIR = folder;
});

afterEach(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  for (const each of [folder, ...made.splice(0)]) rmSync(each, { recursive: true, force: true });
});

const make = () => {
  const profile = makeProfile();
  made.push(profile);
  return profile;
};

describe('the profile of our browser', () => {
  it('lies where TMPDIR says, for its user alone', () => {
    const profile = make();
    expect(dirname(profile)).toBe(folder);
    expect(lstatSync(profile).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(join(profile, 'Default/Preferences'), 'utf8'))).toHaveProperty(
      'selectfile.last_directory',
    );
  });

  it.skipIf(!hasMemoryFolder)('lies in memory, where nothing says otherwise and there is plenty', () => {
    delete process.env.TMPDIR;
    const profile = make();
    expect(dirname(profile)).toBe('/dev/shm');
    expect(lstatSync(profile).mode & 0o777).toBe(0o700);
  });
});

describe('unused profiles', () => {
  const abandoned = (parent: string) => {
    const profile = mkdtempSync(join(parent, `objgraph-browser-${endedProcess()}-`));
    made.push(profile);
    return profile;
  };

  it('are removed when their viewer has ended, and no other', async () => {
    const [old, own] = [abandoned(folder), make()];
    await removeAbandonedProfiles();
    expect([old, own].map((each) => existsSync(each))).toEqual([false, true]);
  });

  it('stay while a viewer uses what a command made that has ended', async () => {
    const [adopted, given] = [abandoned(folder), abandoned(folder)];
    adoptProfile(adopted);
    symlinkSync(String(endedProcess()), join(given, 'objgraph-viewer'));
    await removeAbandonedProfiles();
    expect([adopted, given].map((each) => existsSync(each))).toEqual([true, false]);
  });

  it.skipIf(!hasMemoryFolder)('are removed from memory, too', async () => {
    delete process.env.TMPDIR;
    const old = abandoned('/dev/shm');
    await removeAbandonedProfiles();
    expect(existsSync(old)).toBe(false);
  });
});
