// Files in the style of forty tools, each of which was drawn wrongly once: window, svg and png show the same, with as many nodes and
// edges as Graphviz's own `dot` reads, each node in the same place. The pictures are left in test-results/drawing for
// build/scripts/dot-files.mjs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readDocument } from '../../main/documents/formats.ts';
import { GraphDocument } from '../../main/documents/document.ts';
import { graphsIn } from '../../main/documents/graphs.ts';
import { decodeEntities } from '../../shared/dot/escape-string.ts';
import { FakeHost } from './fake-host.ts';
import { drawThreeWays, type ThreeWays } from './three-ways.ts';

const folder = resolve(import.meta.dirname, '../fixtures/dot/tools');
const pictures = resolve(import.meta.dirname, '../../test-results/drawing');
const hasDot = spawnSync('dot', ['-V']).status === 0;
if (!hasDot) console.warn(`NOT COMPARED with dot, for want of it: ${import.meta.filename}`);

let host: FakeHost;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  host = await FakeHost.ofWorker();
});

/** For build/scripts/dot-files.mjs. */
const leave = (name: string, data: Buffer | string) => writeFileSync(join(pictures, `tools-${name}`), data);

/** With a mistake in it. */
const broken = 'prep.dot';
const files = readdirSync(folder).filter((name) => /\.(?:x?dot)$/.test(name) && name !== broken);

/** How many differences a file may have, and why. */
const accepted: Record<string, { most: number; because: string }> = {
  'unicode.dot': {
    most: 8,
    because: 'each program draws its own box for a letter of which there is no font',
  },
};

it.each(files)('%s', { timeout: 120_000 }, async (name) => {
  const file = join(folder, name);
  const graphs = graphsIn(readDocument(await readFile(file), file).dot);
  for (const [i, { dot }] of graphs.entries()) {
    const drawn = await drawThreeWays(host, dot, { file, positioned: name.endsWith('.xdot') });
    const picture = i === 0 ? name : `${name}-${i + 1}`;
    for (const [way, png] of Object.entries(drawn.files)) leave(`${picture}.${way}.png`, png);
    // Debian's `dot -Tpng` writes all graphs of a file into one.
    if (i > 0) leave(`${picture}.dot`, dot);
    expectSamePlaces(drawn);
    if (hasDot && !name.endsWith('.xdot')) expectCountsOfDot(dot, drawn);
    const differences = [...drawn.differences.svg, ...drawn.differences.png];
    const { most } = accepted[name] ?? { most: 0 };
    expect(differences.slice(most)).toEqual([]);
  }
});

it(`${broken} is refused where its mistake is, also as its preprocessor counted`, async () => {
  const document = new GraphDocument();
  await document.openFile(join(folder, broken));
  const { problem } = document.state;
  document.close();
  const lines = (await readFile(join(folder, broken), 'utf8')).split('\n');
  expect(problem).toMatchObject({ line: 7, source: lines[6] });
  expect(problem!.message).toMatch(/syntax error.*before it was preprocessed/);
  const window = await host.open({ problem, title: broken }, { viewport: { width: 600, height: 380 } });
  const card = window.page.getByRole('alert');
  await expect.poll(() => card.innerText()).toContain(lines[6].trim());
  leave(`${broken}.window.png`, await window.page.screenshot());
  await window.close();
});

/** The scene's nodes are those of the SVG; those with an outline have it in the same place. */
function expectSamePlaces({ scene, svg }: ThreeWays): void {
  const groups = [...svg.matchAll(/<g id="[^"]*" class="node">\s*<title>([^<]*)<\/title>([^]*?)<\/g>/g)];
  const drawn = scene.nodes.filter(({ shapes }) => shapes.length > 0);
  expect(new Set(groups.map(([, title]) => decodeEntities(title)))).toEqual(
    new Set(drawn.map(({ name }) => name)),
  );
  const shifts = groups.flatMap(([, title, inside]) => {
    const ellipse = /<ellipse[^>]* cx="([\d.-]+)" cy="([\d.-]+)"/.exec(inside);
    const { bounds } = drawn.find(({ name }) => name === decodeEntities(title))!;
    const middle = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
    return ellipse ? [[Number(ellipse[1]) - middle[0], Number(ellipse[2]) - middle[1]]] : [];
  });
  // The SVG has the drawing's lower left corner at 0, 0.
  for (const [x, y] of shifts) {
    expect(x).toBeCloseTo(shifts[0][0], -0.4);
    expect(y).toBeCloseTo(shifts[0][1], -0.4);
  }
}

/** `dot -Tplain` of the same text; what it does not read, it has no counts of. */
function expectCountsOfDot(dot: string, { scene }: ThreeWays): void {
  const { stdout, status } = spawnSync('dot', ['-Tplain'], { input: dot, encoding: 'utf8', cwd: folder });
  if (status !== 0) return;
  expect(scene.nodes).toHaveLength(stdout.match(/^node /gm)?.length ?? 0);
  expect(scene.edges).toHaveLength(stdout.match(/^edge /gm)?.length ?? 0);
}
