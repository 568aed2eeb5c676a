import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOnPath, isTrustedProgram, whyUntrusted } from '../../shared/trusted-program.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'objgraph-trust-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const nobody = 65534;
const isRoot = process.getuid?.() === 0;

function program(...path: string[]): string {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
  return file;
}

describe.skipIf(process.platform === 'win32')('a program may be started', () => {
  it('that is ours, in folders of ours', () => {
    expect(whyUntrusted(program('a', 'b', 'tool'))).toBeNull();
  });

  it('that is of the system', () => {
    expect(whyUntrusted(process.execPath)).toBeNull();
    expect(isTrustedProgram('/bin/sh')).toBe(true);
  });

  it('by links, also relative ones and one after the other', () => {
    const tool = program('real', 'tool');
    symlinkSync(tool, join(folder, 'absolute'));
    symlinkSync('../absolute', join(folder, 'real', 'back'));
    symlinkSync(join(folder, 'real'), join(folder, 'way'));
    expect(isTrustedProgram(join(folder, 'way', 'back'))).toBe(true);
  });

  it('in a folder that everyone may write to but where each keeps his own (the sticky bit)', () => {
    const tool = program('shared', 'mine', 'tool');
    chmodSync(join(folder, 'shared'), 0o1777);
    expect(whyUntrusted(tool)).toBeNull();
  });
});

describe.skipIf(process.platform === 'win32')('a program may not be started', () => {
  it('that everyone may write to', () => {
    const tool = program('tool');
    chmodSync(tool, 0o777);
    expect(whyUntrusted(tool)).toBe(`may be changed by everyone: see the permissions of ${tool}`);
  });

  it('in a folder that everyone may write to, however far up', () => {
    const tool = program('open', 'b', 'c', 'tool');
    chmodSync(join(folder, 'open'), 0o777);
    expect(whyUntrusted(tool)).toContain(join(folder, 'open'));
    // However it is reached.
    symlinkSync(tool, join(folder, 'link'));
    expect(whyUntrusted(join(folder, 'link'))).toContain(join(folder, 'open'));
  });

  it('by a link that lies in such a folder, though its target is sound', () => {
    const tool = program('safe', 'tool');
    mkdirSync(join(folder, 'open'));
    chmodSync(join(folder, 'open'), 0o777);
    symlinkSync(tool, join(folder, 'open', 'hop'));
    symlinkSync(join(folder, 'open', 'hop'), join(folder, 'first'));
    expect(whyUntrusted(join(folder, 'first'))).toContain(join(folder, 'open'));
  });

  it('by links in a circle, or by a path that leads nowhere', () => {
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    symlinkSync(join(folder, 'b'), join(folder, 'a'));
    expect(whyUntrusted(join(folder, 'a'))).toBe('leads through too many links');
    expect(whyUntrusted(join(folder, 'none'))).toBe('cannot be checked (ENOENT)');
    expect(whyUntrusted(relative(process.cwd(), program('tool')))).toBe('is not an absolute path');
  });

  it.runIf(isRoot)('that belongs to another user, or lies in a folder of hers, or is linked by her', () => {
    const tool = program('theirs', 'tool');
    chownSync(tool, nobody, nobody);
    expect(whyUntrusted(tool)).toBe(`may be changed by the owner of ${tool}`);
    chownSync(tool, 0, 0);
    chownSync(join(folder, 'theirs'), nobody, nobody);
    expect(whyUntrusted(tool)).toBe(`may be changed by the owner of ${join(folder, 'theirs')}`);
  });

  it.runIf(isRoot)('that a group may change in which there are others', () => {
    const tool = program('tool');
    chmodSync(tool, 0o775);
    expect(whyUntrusted(tool)).toBeNull();
    // Of nobody's own group another user is a member; the last one no file of the system knows.
    for (const gid of [nobody, 4_000_000]) {
      chownSync(tool, 0, gid);
      expect(whyUntrusted(tool)).toBe(`may be changed by a group: see the permissions of ${tool}`);
    }
  });
});

describe.skipIf(process.platform === 'win32')('a name on the PATH', () => {
  it('is found in the first folder that is absolute and not open to everyone', () => {
    for (const place of ['open', 'sticky', 'sound']) program(place, 'tool');
    chmodSync(join(folder, 'open'), 0o777);
    chmodSync(join(folder, 'sticky'), 0o1777);
    const relativeFolder = relative(process.cwd(), join(folder, 'sound'));
    const PATH = [
      '',
      '.',
      relativeFolder,
      join(folder, 'open'),
      join(folder, 'sticky'),
      join(folder, 'none'),
    ];
    expect(findOnPath('tool', { PATH: PATH.join(':') })).toBeNull();
    expect(findOnPath('tool', { PATH: [...PATH, join(folder, 'sound')].join(':') })).toBe(
      join(folder, 'sound', 'tool'),
    );
  });

  it('is no folder, and nothing without a PATH', () => {
    mkdirSync(join(folder, 'tool'));
    expect(findOnPath('tool', { PATH: folder })).toBeNull();
    expect(findOnPath('sh', {})).toBeNull();
  });
});
