// What can be done when a layout takes too long, or more than there is.
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { settingsNote, systemNote, withFasterSettings } from '../../../main/documents/easier.ts';
import { largeGraph, positionedGraph } from './large-graph.ts';
import { sceneOf } from './scene-of.ts';

const hasDot = spawnSync('dot', ['-V']).status === 0;
if (!hasDot) console.warn(`NOT RUN for want of dot: ${import.meta.filename}`);

let document: GraphDocument;
beforeEach(() => void (document = new GraphDocument()));
afterEach(() => document.close());

/** How many edges are straight lines: a curve whose middle lies between its ends. */
const straightEdges = () =>
  sceneOf(document.state).edges.filter(({ shapes }) =>
    shapes.some((shape) => {
      if (shape.kind !== 'bezier') return false;
      const [x0, y0, x1, y1] = shape.points;
      const [x3, y3] = shape.points.slice(-2);
      return shape.points.length === 8 && Math.abs((x1 - x0) * (y3 - y0) - (y1 - y0) * (x3 - x0)) < 1;
    }),
  ).length;

describe('faster settings', () => {
  it('overrule what the author wrote, in whichever graph of the file', async () => {
    await document.openText(
      'a.dot',
      'digraph { splines=curved; a -> b; a -> c; b -> d; c -> d; a -> d } // }',
    );
    const before = straightEdges();
    await document.layOutEasier('settings');
    expect(document.state.problem).toBeNull();
    expect(straightEdges()).toBe(5);
    expect(before).toBeLessThan(5);
    expect(document.state.warnings).toEqual([settingsNote]);
  });

  it('leave the text alone otherwise', () => {
    expect(withFasterSettings('digraph { "}" } # }\n')).toMatch(/^digraph \{ "\}" \n[^\n]+\n\} # \}\n$/);
    expect(withFasterSettings('digraph {')).toBe('digraph {');
  });

  it('end with the next choice of a layout', async () => {
    await document.openText('a.dot', 'digraph { a -> b }');
    await document.layOutEasier('settings');
    await document.setEngine('circo');
    expect(document.state.warnings).toEqual([]);
  });
});

it('fewer nodes are the best connected ones, and say how many are hidden; undo shows all', async () => {
  await document.openText('star.dot', largeGraph(800));
  await document.layOutEasier('fewer');
  const { exploration } = document.state;
  const { nodes } = sceneOf(document.state);
  expect(nodes).toHaveLength(500);
  expect(exploration).toMatchObject({ nodes: 800, hidden: 300, canUndo: true });
  const shown = new Set(nodes.map(({ name }) => name));
  const degree = new Map<string, number>();
  for (const [, tail, head] of largeGraph(800).matchAll(/(n\d+) -> (n\d+)/g))
    for (const node of [tail, head]) degree.set(node, (degree.get(node) ?? 0) + 1);
  const degreesOf = (isShown: boolean) =>
    [...degree].filter(([name]) => shown.has(name) === isShown).map(([, edges]) => edges);
  expect(Math.min(...degreesOf(true))).toBeGreaterThanOrEqual(Math.max(...degreesOf(false)) - 1);
  await document.undo();
  expect(sceneOf(document.state).nodes).toHaveLength(800);
});

describe('the first steps from the roots', () => {
  it('are as many as leave a picture that one can read, and can be made more', async () => {
    await document.openText('large.dot', largeGraph(800));
    await document.layOutEasier('roots');
    const { exploration } = document.state;
    const shown = sceneOf(document.state).nodes.length;
    expect(shown).toBeGreaterThan(1);
    expect(shown).toBeLessThanOrEqual(500);
    expect(exploration).toMatchObject({ nodes: 800, hidden: 800 - shown, canUndo: true });
    await document.setSteps(exploration.steps! + 1);
    expect(sceneOf(document.state).nodes.length).toBeGreaterThan(500);
    await document.undo();
    await document.undo();
    expect(sceneOf(document.state).nodes).toHaveLength(800);
  });

  it('are what edges lead to from nodes to which none lead', async () => {
    const fan = Array.from({ length: 499 }, (_, i) => `a -> c${i} -> d${i}`).join(';');
    await document.openText('fan.dot', `digraph { ${fan} }`);
    await document.layOutEasier('roots');
    expect(document.state.exploration).toMatchObject({ steps: 1, hidden: 499 });
    expect(sceneOf(document.state).nodes.some(({ name }) => name.startsWith('d'))).toBe(false);
  });

  it('can be asked for while the first layout still runs', async () => {
    const opening = document.openText('large.dot', largeGraph(20_000));
    await document.layOutEasier('roots');
    await opening;
    expect(document.state).toMatchObject({ problem: null, busySince: null });
    expect(sceneOf(document.state).nodes.length).toBeLessThanOrEqual(500);
    expect(document.state.exploration.nodes).toBe(20_000);
  });

  it('of a text that is no graph leave Graphviz to say so', async () => {
    await document.openText('broken.dot', 'digraph { a -> }');
    await document.layOutEasier('roots');
    expect(document.state.problem).toMatchObject({
      message: expect.stringContaining('syntax error') as string,
    });
  });
});

it('fewer nodes can be asked for while the first layout still runs', async () => {
  const opening = document.openText('large.dot', largeGraph(20_000));
  await document.layOutEasier('fewer');
  await opening;
  expect(document.state).toMatchObject({ problem: null, busySince: null });
  expect(sceneOf(document.state).nodes).toHaveLength(500);
});

it('a layout that was cancelled can be had more easily', async () => {
  const opening = document.openText('large.dot', largeGraph(20_000));
  document.cancel();
  await opening;
  expect(document.state.problem).toMatchObject({ message: 'The layout was cancelled', tooHard: true });
});

describe.skipIf(!hasDot)('the Graphviz of the system', () => {
  it('lays out in place of ours, and what it laid out is exported', async () => {
    await document.openText(
      'a.dot',
      'digraph { a -> b -> c; a -> c [label=long]; a [shape=record label="{x|y}"] }',
    );
    const ours = sceneOf(document.state).bounds;
    await document.layOutEasier('system');
    const { problem, warnings } = document.state;
    expect(problem).toBeNull();
    expect(warnings).toContain(systemNote);
    const theirs = spawnSync('dot', ['-Tplain'], {
      input: 'digraph { a -> b -> c; a -> c [label=long]; a [shape=record label="{x|y}"] }',
    }).stdout.toString();
    const [, width, height] = /^graph \S+ (\S+) (\S+)/.exec(theirs)!.map(Number);
    const [left, top, right, bottom] = sceneOf(document.state).bounds;
    expect((right - left) / 72).toBeCloseTo(width, 1);
    expect((bottom - top) / 72).toBeCloseTo(height, 1);
    expect([right, bottom]).not.toEqual([ours[2], ours[3]]);
    const svg = Buffer.from((await document.export('svg', 1)).data).toString();
    const [, points] = /<svg width="(\d+)pt"/.exec(svg)!.map(Number);
    expect(Math.abs(points - 8 - (right - left))).toBeLessThan(1.5);
  });

  it('is ended when it is cancelled', async () => {
    const opening = document.openText('large.dot', largeGraph(6000));
    const easier = document.layOutEasier('system');
    await expect.poll(() => dotsRunning()).toBe(1);
    document.cancel();
    await Promise.all([opening, easier]);
    expect(document.state.problem).toMatchObject({ message: 'The layout was cancelled' });
    await expect.poll(() => dotsRunning()).toBe(0);
  });
});

/** Programs called `dot` that we started. */
function dotsRunning(): number {
  const { stdout } = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'comm=,stat='], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => /^dot\s+[^Z]/.test(line)).length;
}

it('opens 24,000 nodes whose positions are given', async () => {
  const positioned = new GraphDocument({ positioned: true });
  await positioned.openText('large.dot', positionedGraph(24_000));
  expect(positioned.state.problem).toBeNull();
  expect(sceneOf(positioned.state).nodes).toHaveLength(24_000);
  expect(sceneOf(positioned.state).edges).toHaveLength(26_399);
  positioned.close();
});
