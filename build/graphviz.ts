// Graphviz, bundled, with its WebAssembly as a file beside our code. The package has it compressed in a text of 660 kB, which each process
// would parse and unpack before it draws anything: that takes as long as Node takes to start.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { normalizePath, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '..');
const entry = '/@hpcc-js/wasm-graphviz/dist/index.js';
const fileName = 'graphviz.wasm';

/** How the package unpacks it, once: `bytes ??= decompress(decode(text))`. */
const unpacking = /(?<bytes>[\w$]+)\?\?=(?<unpacked>[\w$]+\([\w$]+\((?<text>[\w$]+)\)\))/g;

/** Writes `dist/graphviz.wasm`, and has the package read that. Fails when a version of the package does it in another way. */
export const graphvizAsFile = (): Plugin => ({
  name: 'graphviz',
  async transform(code, id) {
    if (!id.endsWith(entry)) return null;
    const found = [...code.matchAll(unpacking)];
    if (found.length !== 1)
      throw new Error(`${id}: its WebAssembly is unpacked at ${found.length} places, not at one`);
    const [{ 0: statement, groups }] = found;
    const { bytes, unpacked, text } = groups!;
    mkdirSync(resolve(root, 'dist'), { recursive: true });
    writeFileSync(resolve(root, 'dist', fileName), await evaluate(code, unpacked));
    const reading = `readGraphviz(joinPath(distFolder, ${JSON.stringify(fileName)}))`;
    return [
      `import { readFileSync as readGraphviz } from 'node:fs';`,
      `import { join as joinPath } from 'node:path';`,
      `import { distFolder } from ${JSON.stringify(normalizePath(resolve(root, 'main/package.ts')))};`,
      withoutText(code.replace(statement, `${bytes}??=${reading}`), text),
    ].join('\n');
  },
});

/** The value of an expression inside the module. */
async function evaluate(code: string, expression: string): Promise<Uint8Array> {
  const cache = resolve(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const file = resolve(cache, `graphviz-${process.pid}.mjs`);
  writeFileSync(file, `${code}\nexport const value = ${expression};\n`);
  try {
    const { value } = (await import(pathToFileURL(file).href)) as { value: Uint8Array };
    return value;
  } finally {
    rmSync(file);
  }
}

/** Empties the literal that a variable is set to. */
function withoutText(code: string, variable: string): string {
  const start = code.search(new RegExp(`(?<![\\w$])${variable.replaceAll('$', '\\$')}='`));
  const from = start + variable.length + 2;
  let end = from;
  while (code[end] !== "'") end += code[end] === '\\' ? 2 : 1;
  if (start < 0 || end - from < 100_000)
    throw new Error(`${entry}: its compressed WebAssembly is not in the text ${variable}`);
  return code.slice(0, from) + code.slice(end);
}
