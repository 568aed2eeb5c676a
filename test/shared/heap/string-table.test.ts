// The strings of a snapshot, with and without a rule for what is written between them.
import { expect, it } from 'vitest';
import { describeSnapshot, randomNumbers, readText } from './build-graph.ts';

const texts = ['', 'a', 'key', 'key2', '"quoted"', '\\', 'tab\tand\nline', 'ü — 💥', ',', '","', ' ', 'end'];
const json = describeSnapshot({ nodes: texts.map((text) => `object ${text}`), edges: ['0 property key 1'] });

/** The snapshot, with something else between its strings. */
function written(between: (index: number) => string, strings = json.strings): string {
  const list = strings.map((text, index) => (index === 0 ? '' : between(index)) + JSON.stringify(text));
  return JSON.stringify({ ...json, strings: [] }).replace(
    /"strings":\[\]/,
    () => `"strings":[${list.join('')}]`,
  );
}

const random = randomNumbers(3);
const spaces = ['', ' ', '\n', '\n\t '];
const rules: Record<string, (index: number) => string> = {
  'a comma': () => ',',
  "V8's comma and newline": () => ',\n',
  'a comma between spaces': () => ' , ',
  'anything that JSON allows': () => `${spaces[random(4)]},${spaces[random(4)]}`,
  'something else before the second': (index) => (index === 1 ? ' ,' : ','),
  'something else before the third': (index) => (index === 2 ? ',\n' : ','),
  'something else before the last': (index) => (index === json.strings.length - 1 ? ', ' : ',\n'),
};

it.each(Object.keys(rules))('are read with %s between them', (rule) => {
  for (const chunkSize of [Infinity, 100, 7, 1]) {
    const { strings } = readText(written(rules[rule]), chunkSize);
    const indices = json.strings.map((_, index) => index);
    expect(indices.map((index) => strings.get(index))).toEqual(json.strings);
    expect(strings.length).toBe(json.strings.length);
    expect(indices.map((index) => strings.byteLength(index))).toEqual(
      json.strings.map((text) => Buffer.byteLength(JSON.stringify(text)) - 2),
    );
    for (const text of ['', 'a', 'key', 'key2', ' ', 'end'])
      expect([text, strings.indexOf(text)]).toEqual([text, json.strings.indexOf(text)]);
    expect(strings.indexOf('ke')).toBe(-1);
    expect([...strings.startingWith('key')].map((index) => strings.get(index))).toEqual(['key', 'key2']);
    const last = json.strings.indexOf('end');
    expect([strings.equals(last, 'end'), strings.equals(last, 'en'), strings.equals(last, 'end"')]).toEqual([
      true,
      false,
      false,
    ]);
  }
});

it('may be far more than nodes and edges name', () => {
  const more = [...json.strings, ...Array.from({ length: 40_000 }, (_, i) => `text ${i}`)];
  for (const rule of [rules["V8's comma and newline"], rules['anything that JSON allows']]) {
    const { strings } = readText(written(rule, more), 1000);
    expect(strings.length).toBe(more.length);
    expect([0, json.strings.length, 30_000, more.length - 1].map((index) => strings.get(index))).toEqual(
      [0, json.strings.length, 30_000, more.length - 1].map((index) => more[index]),
    );
  }
});

it('may be one', () => {
  const one = describeSnapshot({ nodes: ['synthetic alone'], edges: [] });
  const { strings } = readText(JSON.stringify(one));
  expect([strings.length, strings.get(0), strings.byteLength(0)]).toEqual([1, 'alone', 5]);
  expect(() => strings.get(1)).toThrow(RangeError);
});
