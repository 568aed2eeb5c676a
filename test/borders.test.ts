// The borders of the house: ESLint refuses an import that crosses one.
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: root });

async function refusals(file: string, imported: string): Promise<string[]> {
  const code = `import { something } from '${imported}';\nexport const kept = something;\n`;
  const [result] = await eslint.lintText(code, { filePath: resolve(root, file) });
  return result.messages
    .filter(({ ruleId }) => ruleId === 'no-restricted-imports')
    .map(({ message }) => message);
}

describe('an import that crosses a border is refused', () => {
  test.each([
    ['shared/heap/chain.ts', '../../main/cli.ts'],
    ['shared/heap/chain.ts', 'node:fs'],
    ['shared/heap/chain.ts', '../objgraph/index.ts'],
    ['shared/objgraph/show.ts', 'ws'],
    ['shared/objgraph/show.ts', '@hpcc-js/wasm-graphviz'],
    ['shared/objgraph/show.ts', '../../main/viewer/launch.ts'],
    ['shared/scene/scene.ts', '../../renderer/host.ts'],
    ['renderer/host.ts', 'node:path'],
    ['renderer/host.ts', '../main/preload.ts'],
    ['main/cli.ts', '../renderer/host.ts'],
  ])('%s may not import %s', async (file, imported) => {
    expect(await refusals(file, imported)).toHaveLength(1);
  });
});

describe('an import inside the borders is allowed', () => {
  test.each([
    ['shared/heap/chain.ts', './retainers.ts'],
    ['shared/objgraph/show.ts', '../heap/chain.ts'],
    ['shared/objgraph/show.ts', 'node:v8'],
    ['renderer/host.ts', '../shared/protocol.ts'],
    ['main/cli.ts', '../shared/protocol.ts'],
    ['main/cli.ts', 'node:path'],
  ])('%s may import %s', async (file, imported) => {
    expect(await refusals(file, imported)).toEqual([]);
  });
});
