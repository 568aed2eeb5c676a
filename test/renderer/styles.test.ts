// One look for the whole window: the sizes of text, the distances, the corners and the durations that its styles may use.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flightDuration } from '../../renderer/graph/animation.ts';
import { morphDuration } from '../../renderer/graph/morph.ts';

const folder = join(import.meta.dirname, '../../renderer');
const grid = [0, 2, 4, 6, 8, 12, 16, 24, 32, 40, 48];
const corners = [0, 2, 4, 6, 8, 12];
/** Milliseconds. */
const longestMotion = 200;

/** `ui/Table.svelte: gap: 5px` for each declaration of these properties. */
const declarations = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(svelte|css)$/.test(name))
  .flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const style = name.endsWith('.css') ? text : text.slice(text.lastIndexOf('<style>'));
    return [...style.matchAll(/(?<=[{;\s])([a-z-]+):\s*([^;{}]+);/g)].map(([, property, value]) => ({
      where: `${name}: ${property}: ${value}`,
      property,
      value,
    }));
  });

/** Those of a property with a length in pixels that is not allowed. */
const strays = (property: RegExp, allowed: readonly number[]) =>
  declarations
    .filter((each) => property.test(each.property) && !each.value.includes('calc('))
    .filter(({ value }) => [...value.matchAll(/([\d.]+)px/g)].some(([, px]) => !allowed.includes(Number(px))))
    .map(({ where }) => where);

it('are of one scale of text', () => {
  const sizes = declarations.filter(({ property }) => property === 'font-size');
  expect(sizes.length).toBeGreaterThan(40);
  expect(sizes.filter(({ value }) => !/^var\(--text-\w+\)$|^0\.\d+em$/.test(value))).toEqual([]);
});

it('have distances on a grid', () => {
  expect(strays(/^(padding|margin|gap|row-gap|column-gap)(-\w+)?$/, grid)).toEqual([]);
});

it('have corners of a few sizes', () => {
  expect(strays(/^border(-\w+)*-radius$/, corners)).toEqual([]);
});

it('move for less than the blink of an eye; what takes longer shows that work goes on', () => {
  const transitions = declarations.filter(({ property }) => property === 'transition');
  expect(transitions.length).toBeGreaterThan(0);
  for (const { where, value } of transitions)
    for (const [, seconds] of value.matchAll(/([\d.]+)s\b/g))
      expect(Number(seconds) * 1000, where).toBeLessThan(longestMotion);
  const endless = declarations.filter(({ property, value }) => property === 'animation' && value !== 'none');
  expect(endless.filter(({ value }) => !/infinite|forwards/.test(value))).toEqual([]);
  expect(flightDuration).toBeLessThan(longestMotion);
  expect(morphDuration).toBeLessThan(longestMotion);
});
