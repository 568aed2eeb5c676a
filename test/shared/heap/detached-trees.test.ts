// Trees of detached DOM nodes: of random forests whose trees are known, and of a real page.
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { DomState, hasDocument } from '../../../shared/heap/detached-dom.ts';
import { heapProgram, nodes, snapshotOf, snapshotOfPage } from '../../oracle/snapshots.ts';
import { describeSnapshot, randomNumbers, readText } from './build-graph.ts';

/** A forest as Blink writes it: children, the document, parent and siblings. A script's array holds some of its nodes. */
function forest(seed: number) {
  const random = randomNumbers(seed);
  const nodes = ['synthetic (root)', 'native HTMLDocument', 'object Array'];
  const edges = ['0 element 1 1', '0 element 2 2'];
  const trees = Array.from({ length: 1 + random(6) }, (_, tree) => {
    const first = nodes.length;
    const parents = Array.from({ length: 1 + random(12) }, (__, i) => (i === 0 ? -1 : random(i)));
    parents.forEach((parent, i) => {
      nodes.push(parent >= 0 && random(4) === 0 ? 'native Text' : `native <div id="${tree}-${i}">`);
      const siblings = parents.flatMap((other, at) => (other === parent && parent >= 0 ? [at] : []));
      const at = siblings.indexOf(i);
      const children = parents.flatMap((other, child) => (other === i ? [child] : []));
      const targets = [
        ...(children.length > 0 ? [children[0], children.at(-1)!] : []).map((child) => first + child),
        1,
        ...[parent, siblings[at - 1], siblings[at + 1]]
          .filter((other) => other !== undefined && other >= 0)
          .map((other) => first + other),
        first + i,
      ];
      targets.forEach((target, index) => edges.push(`${first + i} element ${index + 1} ${target}`));
    });
    const held = first + random(parents.length);
    edges.push(`2 element ${edges.length} ${held}`);
    return { top: first, held, count: parents.length };
  });
  const snapshot = describeSnapshot({ nodes, edges });
  const width = snapshot.snapshot.meta.node_fields.length;
  nodes.forEach((_, node) => {
    const state = node === 1 ? DomState.attached : node > 2 ? DomState.detached : DomState.unknown;
    snapshot.nodes[node * width + width - 1] = state;
  });
  return { trees, analysis: new HeapAnalysis(readText(JSON.stringify(snapshot))) };
}

describe('trees of detached DOM nodes', () => {
  it('are those of random forests, the largest first', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const { trees, analysis } = forest(seed);
      const { tops, held, counts, retainedSizes } = analysis.detachedTrees;
      const found = Array.from(tops, (top, i) => ({ top, held: held[i], count: counts[i] }));
      const inOrder = (a: { top: number }, b: { top: number }) => a.top - b.top;
      expect([seed, found.sort(inOrder)]).toEqual([seed, trees]);
      expect(Array.from(retainedSizes)).toEqual(trees.map(({ count }) => 8 * count).sort((a, b) => b - a));
    }
  });

  it('are none in a heap without a page', () => {
    const { tops } = new HeapAnalysis(
      readText(
        JSON.stringify(
          describeSnapshot({ nodes: ['synthetic (root)', 'object A'], edges: ['0 property a 1'] }),
        ),
      ),
    ).detachedTrees;
    expect(tops).toHaveLength(0);
  });

  it.each(Object.entries(nodes))('are asked for of no program of %s: it has no document', (_name, node) => {
    expect(hasDocument(readText(snapshotOf(node, heapProgram)))).toBe(false);
  });

  it('of a real page have their tops, whichever node a script holds', async () => {
    const analysis = new HeapAnalysis(
      readText(
        await snapshotOfPage(`<!doctype html><body><script>
          globalThis.held = [];
          for (let i = 0; i < 3; i++) {
            const dialog = document.body.appendChild(document.createElement('div'));
            dialog.id = 'dialog' + i;
            dialog.innerHTML = '<ul><li>one</li><li class="second">two</li></ul><p>text</p>';
            dialog.remove();
            held.push(i === 0 ? dialog : dialog.querySelector('.second'));
          }
          {
            const section = document.createElement('section');
            section.innerHTML = '<b>1</b><i>2</i>';
            held.push(section.firstChild, section.lastChild);
          }
        </script>`),
      ),
    );
    expect(hasDocument(analysis.graph)).toBe(true);
    const { tops, held, counts } = analysis.detachedTrees;
    const name = (node: number) => analysis.graph.nodeName(node);
    const found = Array.from(tops, (top, i) => [name(top), name(held[i]), counts[i]]);
    expect(found.sort()).toEqual([
      ['<div id="dialog0">', '<div id="dialog0">', 8],
      ['<div id="dialog1">', '<li class="second">', 8],
      ['<div id="dialog2">', '<li class="second">', 8],
      ['<section>', expect.stringMatching(/^<[bi]>$/), 5],
    ]);
  });
});
