// Spoiled output of Graphviz: a Scene, or a GraphvizOutputError that says where.
import { readFileSync } from 'node:fs';
import { readXdot } from '../../shared/dot/read.ts';
import { GraphvizOutputError } from '../../shared/dot/xdot-graph.ts';
import { runGraphviz } from '../../main/workers/graphviz.ts';
import { GraphvizError } from '../../main/workers/graphviz.ts';
import { files, runCases } from './cases.ts';
import { mutate, type Random } from './mutations.ts';

interface Output {
  xdot: string;
  svg: string;
}

async function drawn(file: string): Promise<Output[]> {
  const dot = readFileSync(file, 'utf8');
  try {
    const [xdot, svg] = [
      await runGraphviz({ dot, engine: 'dot', format: 'xdot' }),
      await runGraphviz({ dot, engine: 'dot', format: 'svg' }),
    ];
    return [{ xdot: xdot.output, svg: svg.output }];
  } catch (error) {
    if (error instanceof GraphvizError) return [];
    throw error;
  }
}

const originals: Output[] = [];
for (const file of files) originals.push(...(await drawn(file)));

const spoilText = (text: string, random: Random) => Buffer.from(mutate(Buffer.from(text), random)).toString();

await runCases((random) => {
  const { xdot, svg } = originals[random(originals.length)];
  try {
    const scene = readXdot(spoilText(xdot, random), { svg: random(2) === 0 ? spoilText(svg, random) : null });
    // It crosses to the page as this.
    JSON.stringify(scene);
    return true;
  } catch (error) {
    if (error instanceof GraphvizOutputError) return false;
    throw error;
  }
});
