// A few segments decoded at a time are those that @jridgewell/trace-mapping decodes all at once.
import { encodedMappings, traceSegment, TraceMap, type SourceMapSegment } from '@jridgewell/trace-mapping';
import { describe, expect, it } from 'vitest';
import { Mappings, MappingsError } from '../../../shared/source-maps/mappings.ts';
import { ScriptMap } from '../../../shared/source-maps/script-map.ts';

/** Numbers below a bound, the same in each run. Source: mulberry32 (Tommy Ettinger, 2017). */
function numbers(seed: number): (bound: number) => number {
  return (bound) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Lines of which many are empty, and columns of which some have several segments. */
function randomMap(seed: number): TraceMap {
  const below = numbers(seed);
  const lines = Array.from({ length: 1 + below(12) }, () => {
    const segments: SourceMapSegment[] = [];
    let column = 0;
    for (let i = below(3) === 0 ? 0 : below(300); i > 0; i--) {
      column += below(below(4) === 0 ? 2000 : 3);
      const place = [below(3), below(90_000), below(500)] as const;
      segments.push(
        [[column], [column, ...place], [column, ...place, below(5)]][below(3)] as SourceMapSegment,
      );
    }
    return segments;
  });
  return new TraceMap({ version: 3, names: [], sources: ['a', 'b', 'c'], mappings: lines });
}

describe('a segment of a map', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'is the one that is written: random map %i',
    (seed) => {
      const map = randomMap(seed);
      const mappings = new Mappings(encodedMappings(map));
      const below = numbers(seed + 1000);
      for (let i = 0; i < 300; i++) {
        const [line, column] = [below(14), below(below(2) === 0 ? 40 : 3000)];
        expect([line, column, mappings.find(line, column)]).toEqual([
          line,
          column,
          traceSegment(map, line, column),
        ]);
      }
    },
  );

  it.each([
    ['a character of no number', 'AAAA,AA!A'],
    ['a number without end', 'AAAA,AAAg'],
    ['a number that is too large', 'AAAA,ggggggggggE'],
    ['too many numbers', 'AAAAAA'],
    ['two numbers', 'AA'],
    ['letters of another alphabet', 'AAAÄ'],
  ])('is in no text that has %s', (_what, text) => {
    expect(() => new Mappings(text)).toThrow(MappingsError);
  });
});

it('maps whose segments are in no order are sorted before they are used', () => {
  const text = JSON.stringify({
    version: 3,
    names: [],
    sources: ['a.js'],
    // Column 20 is line 1, column 4 is line 2.
    mappings: 'oBAAA,hBACA',
  });
  expect(new Mappings('oBAAA,hBACA').isSorted).toBe(false);
  const map = new ScriptMap(text, 'file:///app/a.js.map', null);
  const lineAt = (column: number) =>
    map.original({ kind: 'class', name: '', scriptId: 1, line: 0, column })?.line ?? null;
  expect([0, 4, 19, 20, 99].map(lineAt)).toEqual([null, 2, 2, 1, 1]);
});

it('as many places as are asked for are from all parts of the code', () => {
  const lines = Array.from({ length: 1000 }, (_, line) =>
    Array.from({ length: 20 }, (_each, i): SourceMapSegment => [i * 3, 0, line, i]),
  );
  const map = new TraceMap({ version: 3, names: [], sources: ['a'], mappings: lines });
  const places = [...new Mappings(encodedMappings(map)).places(2000)];
  expect(places.length).toBeGreaterThan(1500);
  expect(places.length).toBeLessThan(3000);
  expect(new Set(places.map(({ line }) => Math.floor(line / 100))).size).toBe(10);
  for (const { line, column } of places) expect(traceSegment(map, line, column)?.[0]).toBe(column);
});
