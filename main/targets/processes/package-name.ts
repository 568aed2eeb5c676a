// The name of the package that a script belongs to: that in the nearest package.json which has one.
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** @param root of the file system in which the paths are */
export async function packageNameOf(
  script: string | null,
  folder: string | null,
  root = '/',
): Promise<string | null> {
  const start =
    script !== null && isAbsolute(script)
      ? dirname(script)
      : folder && dirname(resolve(folder, script ?? 'x'));
  if (!start) return null;
  for (let at = start; ; at = dirname(at)) {
    const name = await nameIn(root === '/' ? at : join(root, at));
    if (name !== null || dirname(at) === at) return name;
  }
}

async function nameIn(folder: string): Promise<string | null> {
  try {
    const { name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : null;
  } catch {
    return null;
  }
}
