// What ESLint refuses: an import that crosses a border, a promise that nothing waits for.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
/** Only the rules that are asked for, without types: the rest is `npm run lint`'s. */
const linter = (rule: RegExp, parserOptions: Record<string, unknown> = { projectService: false }) =>
  new ESLint({
    cwd: root,
    ruleFilter: ({ ruleId }) => rule.test(ruleId),
    overrideConfig: [{ languageOptions: { parserOptions } }],
  });
const borders = linter(/^(@typescript-eslint\/)?no-restricted-(imports|syntax)$/);

async function refusals(file: string, statement: string): Promise<string[]> {
  const code = file.endsWith('.svelte') ? `<script lang="ts">\n${statement}\n</script>\n` : statement;
  const [result] = await borders.lintText(code, { filePath: resolve(root, file) });
  return result.messages.map(({ message }) => message);
}

const importOf = (name: string) => `import { something } from '${name}';\nexport const kept = something;\n`;

describe('an import that crosses a border is refused', () => {
  test.each([
    ['shared/heap/chain.ts', '../../main/cli.ts'],
    ['shared/heap/chain.ts', 'node:fs'],
    ['shared/heap/chain.ts', '../objgraph/index.ts'],
    ['shared/heap/suspects/index.ts', '../../../main/cli.ts'],
    ['shared/protocol/heap.ts', 'node:fs'],
    ['shared/protocol.ts', 'http'],
    ['shared/history.ts', 'node:events'],
    ['shared/viewer-host.ts', '../main/viewer/launch.ts'],
    ['shared/viewer-host/electron.ts', '../../main/viewer/launch.ts'],
    ['shared/matchers/to-leak.ts', '../../renderer/host.ts'],
    ['shared/objgraph/show.ts', 'ws'],
    ['shared/objgraph/show.ts', '@hpcc-js/wasm-graphviz'],
    ['shared/objgraph/show.ts', '../../main/viewer/launch.ts'],
    ['shared/scene/scene.ts', '../../renderer/host.ts'],
    ['renderer/host.ts', 'node:path'],
    ['renderer/host.ts', 'stream'],
    ['renderer/host.ts', '../main/preload.ts'],
    ['renderer/host.ts', '../shared/viewer-host.ts'],
    ['renderer/host.ts', '../shared/viewer-host/protocol.ts'],
    ['renderer/host.ts', '../shared/trusted-program.ts'],
    ['renderer/host.ts', '../shared/programs.ts'],
    ['main/viewer/launch.ts', 'node:child_process'],
    ['main/targets/processes/macos.ts', 'child_process'],
    ['main/commands/ps.ts', 'node:cluster'],
    ['shared/objgraph/session.ts', 'node:process'],
    ['shared/objgraph/present.ts', 'node:child_process'],
    ['shared/viewer-host.ts', 'child_process'],
    ['renderer/state/heap.svelte.ts', '../../shared/objgraph/show.ts'],
    ['renderer/App.svelte', 'electron'],
    ['renderer/views/heap/TypesView.svelte', '../../../main/heap/type-rows.ts'],
    ['main/cli.ts', '../renderer/host.ts'],
    ['main/targets/kinds.ts', '../documents/document.ts'],
    ['main/heap/report.ts', '../documents/document.ts'],
    ['main/heap/report.ts', '../commands/run.ts'],
    ['main/source-maps/settings.ts', '../commands/run.ts'],
    ['main/allocations/sites.ts', '../commands/run.ts'],
    ['main/pages/find-leaks.ts', '../viewer/session.ts'],
    ['main/export/render.ts', '../documents/document.ts'],
    ['main/workers/rpc.ts', '../documents/document.ts'],
    ['main/documents/document.ts', '../viewer/session.ts'],
    ['main/viewer/session.ts', '../commands/view.ts'],
    ['main/viewer/session.ts', '../../renderer/host.ts'],
  ])('%s may not import %s', async (file, imported) => {
    expect(await refusals(file, importOf(imported))).toHaveLength(1);
  });

  test.each(['shared/heap/chain.ts', 'renderer/host.ts', 'renderer/App.svelte'])(
    '%s may not even import it while it runs, nor pass it on',
    async (file) => {
      expect(await refusals(file, "void import('../main/cli.ts');\n")).toHaveLength(1);
      expect(await refusals(file, "export * from 'node:fs';\n")).toHaveLength(1);
    },
  );
});

describe('an import inside the borders is allowed', () => {
  test.each([
    ['shared/heap/chain.ts', './retainers.ts'],
    ['shared/objgraph/show.ts', '../heap/chain.ts'],
    ['shared/objgraph/show.ts', 'node:v8'],
    ['renderer/host.ts', '../shared/protocol.ts'],
    ['main/cli.ts', '../shared/protocol.ts'],
    ['main/cli.ts', 'node:path'],
    ['shared/programs.ts', 'node:child_process'],
  ])('%s may import %s', async (file, imported) => {
    expect(await refusals(file, importOf(imported))).toEqual([]);
  });
});

describe('a promise that nothing waits for is refused', () => {
  // Rules that know types need a file of a project: the statement comes at the end of one. Files that import nothing are a small one.
  const files = {
    main: 'main/viewer/protocol-error.ts',
    state: 'renderer/state/trail.svelte.ts',
    component: 'renderer/ui/Toast.svelte',
    page: 'renderer/graph/wheel.ts',
    shared: 'shared/heap/chain.ts',
  };
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-borders-'));
  const project = join(folder, 'tsconfig.json');
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { types: [] },
      include: [],
      files: Object.values(files).map((file) => join(root, file)),
    }),
  );
  afterAll(() => rmSync(folder, { recursive: true }));
  const promises = linter(/no-floating-promises$/, { projectService: false, project });

  async function lost(file: string, statement: string): Promise<string[]> {
    const source = await readFile(resolve(root, file), 'utf8');
    const code = file.endsWith('.svelte')
      ? source.replace('</script>', `${statement}\n</script>`)
      : `${source}\n${statement}\n`;
    const [{ messages }] = await promises.lintText(code, { filePath: resolve(root, file) });
    return messages.map(({ line }) => code.split('\n')[line - 1]);
  }

  test.each([
    [files.main, 'Promise.reject(new Error());'],
    [files.main, 'void Promise.reject(new Error());'],
    [files.state, 'void Promise.reject(new Error());'],
    [files.component, 'void Promise.reject(new Error());'],
    [files.shared, 'Promise.resolve();'],
    [files.page, 'Promise.resolve();'],
    [files.component, 'Promise.resolve();'],
  ])('in %s: %s', async (file, statement) => {
    expect(await lost(file, statement)).toEqual([statement]);
  });

  test('but where its failure is handled', async () => {
    const handled = 'Promise.reject(new Error()).catch(() => {});';
    expect(await lost(files.main, handled)).toEqual([]);
  });
});

describe('the import graph', () => {
  /** A `Snapshot` gives `HeapNode`s, and each of them has its `Snapshot`: two types of the public library, one a file. */
  const allowed = ['shared/objgraph/snapshot.ts', 'shared/objgraph/heap-node.ts'];

  test('has no circle, imports of types included', () => {
    const circles = circlesIn(importGraph(['main', 'shared', 'renderer']));
    expect(circles.filter((circle) => !allowed.every((file) => circle.includes(file)))).toEqual([]);
  });

  test('would show a circle', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', ['d']],
      ['e', ['a']],
    ]);
    expect(circlesIn(graph).map((circle) => circle.sort())).toEqual([['d'], ['a', 'b', 'c']]);
  });

  function importGraph(folders: string[]): Map<string, string[]> {
    const graph = new Map<string, string[]>();
    for (const folder of folders)
      for (const name of readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })) {
        if (!/\.(ts|svelte)$/.test(name)) continue;
        const file = join(folder, name);
        const imports = readFileSync(resolve(root, file), 'utf8').matchAll(
          /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g,
        );
        graph.set(
          file,
          [...imports].map(([, path]) => join(dirname(file), path)),
        );
      }
    return graph;
  }

  /** The strongly connected components of more than one file, and files that import themselves (Tarjan). */
  function circlesIn(graph: Map<string, string[]>): string[][] {
    const order = new Map<string, number>();
    const lowest = new Map<string, number>();
    const stack: string[] = [];
    const circles: string[][] = [];
    const visit = (file: string): number => {
      order.set(file, order.size);
      lowest.set(file, order.get(file)!);
      stack.push(file);
      const imports = graph.get(file) ?? [];
      for (const next of imports) {
        if (!order.has(next)) visit(next);
        else if (!stack.includes(next)) continue;
        lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
      }
      if (lowest.get(file) === order.get(file)) {
        const part = stack.splice(stack.indexOf(file));
        if (part.length > 1 || imports.includes(file)) circles.push(part);
      }
      return lowest.get(file)!;
    };
    for (const file of graph.keys()) if (!order.has(file)) visit(file);
    return circles;
  }
});
