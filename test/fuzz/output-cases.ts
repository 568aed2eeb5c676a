// Spoiled output of Graphviz: a Scene, or a GraphvizOutputError that says where.
import { readFileSync } from 'node:fs';
import { GraphvizOutputError } from '../../shared/dot/json.ts';
import { readGraphvizJson } from '../../shared/dot/read.ts';
import { runGraphviz } from '../../main/workers/graphviz.ts';
import { GraphvizError } from '../../main/workers/graphviz.ts';
import { files, runCases } from './cases.ts';
import { mutate, type Random } from './mutations.ts';

interface Output {
  json: string;
  svg: string;
}

async function drawn(file: string): Promise<Output[]> {
  const dot = readFileSync(file, 'utf8');
  try {
    const [json, svg] = [
      await runGraphviz({ dot, engine: 'dot', format: 'json' }),
      await runGraphviz({ dot, engine: 'dot', format: 'svg' }),
    ];
    return [{ json: json.output, svg: svg.output }];
  } catch (error) {
    if (error instanceof GraphvizError) return [];
    throw error;
  }
}

const originals: Output[] = [];
for (const file of files) originals.push(...(await drawn(file)));

const odd = [
  null,
  true,
  -1,
  0.5,
  1e300,
  '',
  'x',
  '1,2,3',
  '\\N',
  [],
  {},
  [[]],
  [null],
  { op: 'L' },
  { op: 'T' },
];

/** Somewhere in it a value is another one, or is gone. */
function spoilValue(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random(12) === 0) return odd[random(odd.length)];
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  const keys = Object.keys(copy);
  if (keys.length === 0) return odd[random(odd.length)];
  const key = keys[random(keys.length)];
  if (random(20) === 0 && !Array.isArray(copy)) delete copy[key];
  else copy[key] = spoilValue(copy[key], random);
  return copy;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const spoilText = (text: string, random: Random) => Buffer.from(mutate(Buffer.from(text), random)).toString();

await runCases((random) => {
  const { json, svg } = originals[random(originals.length)];
  let value = parsed(random(2) === 0 ? spoilText(json, random) : json);
  for (let times = random(4); times > 0; times--) value = spoilValue(value, random);
  try {
    const scene = readGraphvizJson(value, random(2) === 0 ? spoilText(svg, random) : null);
    // It crosses to the page as this.
    JSON.stringify(scene);
    return true;
  } catch (error) {
    if (error instanceof GraphvizOutputError) return false;
    throw error;
  }
});
