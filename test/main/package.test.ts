// Where the package is found: beside its built files, or not at all.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPackageFolder } from '../../main/package.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-package-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the package's folder", () => {
  it('is the nearest one above that has a package.json', () => {
    const chunks = join(folder, 'dist', 'chunks');
    mkdirSync(chunks, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    expect(findPackageFolder(chunks)).toBe(folder);
    expect(findPackageFolder(folder)).toBe(folder);
  });

  it('is missed in words where no folder above has one', () => {
    expect(() => findPackageFolder(folder)).toThrow(
      `There is no package.json above ${folder}: install objgraph again`,
    );
  });
});
