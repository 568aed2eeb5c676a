// The name of the package that a script belongs to: that in the nearest package.json which has one.
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readSmallFile } from '../regular-file.ts';

/** npm allows 214 characters. */
const longestName = 214;

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
  const text = await readSmallFile(join(folder, 'package.json'));
  try {
    const content: unknown = JSON.parse(text?.toString() ?? 'null');
    const name = content !== null && typeof content === 'object' && 'name' in content ? content.name : null;
    return typeof name === 'string' && name !== '' && name.length <= longestName ? name : null;
  } catch {
    return null;
  }
}
