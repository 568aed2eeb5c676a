// Scopes are recognised in the snapshots of every runtime at hand. V8 has named them anew once already (V8 15): these
// tests notice when it does so again.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { NodeType } from '../../../shared/heap/node-types.ts';
import { findPaths } from '../../../shared/heap/paths.ts';
import { HolderWords } from '../../../shared/heap/suspects/holder-words.ts';
import { runtimes, snapshotOf, snapshotOfPage } from '../../oracle/snapshots.ts';
import { readText } from './build-graph.ts';

const program = join(import.meta.dirname, '../../oracle/programs/scopes.mjs');

/** The one instance of a class; -1 where there is none. */
function instanceOf({ graph, objects }: HeapAnalysis, words: HolderWords, type: string): number {
  for (let node = 0; node < graph.nodeCount; node++)
    if (
      graph.nodeTypes[node] === NodeType.object &&
      objects.isVisible(node) &&
      words.className(node) === type
    )
      return node;
  return -1;
}

/** How it is held. */
function chainTo(analysis: HeapAnalysis, words: HolderWords, type: string): string {
  const node = instanceOf(analysis, words, type);
  return node < 0 ? 'no such object' : words.holder(node).chain.join(' → ');
}

/** Of the scopes of all functions, those that are recognised, and those that are not: V8's native contexts are none. */
function scopesOfFunctions(graph: HeapGraph): { recognised: number; other: string[] } {
  const other = new Set<string>();
  let recognised = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeTypes[node] !== NodeType.closure) continue;
    const scope = graph.childNamed(node, 'context');
    if (scope < 0 || graph.nodeName(scope).startsWith('system / NativeContext')) continue;
    if (graph.scopes[scope]) recognised++;
    else other.add(graph.nodeName(scope));
  }
  return { recognised, other: [...other] };
}

describe('scopes', () => {
  describe.each(Object.entries(runtimes))('%s', (_, runtime) => {
    if (!existsSync(runtime)) return it.skip('is not installed');
    const analysis = new HeapAnalysis(readText(snapshotOf(runtime, program)));
    const words = new HolderWords(analysis, join(program, '..'));

    it('of every function is recognised', () => {
      const { recognised, other } = scopesOfFunctions(analysis.graph);
      expect(other).toEqual([]);
      expect(recognised).toBeGreaterThan(100);
    });

    it('that no variable leads to are called by their file', () => {
      const scope = words.ownerOf(instanceOf(analysis, words, 'OfFunction'));
      const [path] = findPaths(analysis.objects, scope, { count: 1 });
      expect(words.named(path, () => false)).toMatch(/^(\S*\/)?scopes\.mjs$/);
    });

    it.each([
      ['OfModule', /^Module scopes\.mjs → table: Map( 1 entry)? → "ticket": OfModule$/],
      ['OfFunction', / → scope: Context → inFunction: OfFunction$/],
      ['OfBlock', / → scope: Context → inBlock: OfBlock$/],
      ['OfGenerator', / → (kept: .* → )?generator: Generator → local: OfGenerator$/],
      ['OfAsync', / → pending: Promise → handler: .* → suspended function: Generator → local: OfAsync$/],
      ['OfCatch', / → scope: Context → caught: OfCatch$/],
      ['OfProxy', / → proxy: Proxy → target: OfProxy$/],
      ['OfPrivate', / → private: Private.* → #secret: OfPrivate$/],
      [
        'OfAnswer',
        / → resolve: Function.* → scope: Context → .*: Promise → handler: .* → suspended function: Generator → local: OfAnswer$/,
      ],
      ['OfReaction', /^Module scopes\.mjs → reaction: OfReaction$/],
    ])('leads to %s', (type, chain) => {
      expect(chainTo(analysis, words, type)).toMatch(chain);
    });

    it('is one class, however each is named', () => {
      const scopes = analysis.classes.list.filter(({ name }) => name.startsWith('system / Context'));
      expect(scopes.filter(({ name }) => !name.includes('Cell'))).toEqual([
        { name: 'system / Context', location: null, file: null, generated: null },
      ]);
    });
  });

  it.skipIf(!existsSync('/usr/bin/chromium'))('of a page: a script, a function, a module', async () => {
    const bytes = await snapshotOfPage(`<!doctype html><script>
      class Ticket {} class Cart {}
      const open = new Map([['a', new Ticket()]]);
      window.keepStore = (() => { const cart = new Cart(); return () => cart; })();
      </script><script type="module">class Row {} const rows = [new Row()]; window.rowCount = () => rows.length;</script>`);
    const analysis = new HeapAnalysis(readText(bytes));
    const words = new HolderWords(analysis);
    expect(scopesOfFunctions(analysis.graph).other).toEqual([]);
    expect(chainTo(analysis, words, 'Ticket')).toBe('Script scope → open: Map → "a": Ticket');
    expect(chainTo(analysis, words, 'Cart')).toMatch(
      /^globalThis.* → keepStore: .* → scope: Context → cart: Cart$/,
    );
    expect(chainTo(analysis, words, 'Row')).toMatch(/^Module.* → rows: Array.* → \[0\]: Row$/);
  });
});
