// For Node's loader: `electron` is the stand-in, and its TypeScript is stripped of types.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const standIn = new URL('./index.ts', import.meta.url).href;

export const resolve = (specifier, context, next) =>
  specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context);

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const text = await readFile(fileURLToPath(url), 'utf8');
  const { code } = await transform(text, { loader: 'ts', format: 'esm', sourcefile: fileURLToPath(url) });
  return { format: 'module', source: code, shortCircuit: true };
}
