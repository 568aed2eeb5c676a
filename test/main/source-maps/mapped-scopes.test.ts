// The `scopes` of a source map: names that its mappings do not have. Written here as the proposal says; no bundler does yet.
import { describe, expect, it } from 'vitest';
import { readScopes } from '../../../main/source-maps/scopes.ts';
import { ScriptMap } from '../../../shared/source-maps/script-map.ts';
import { item, signed } from './scopes-text.ts';

const code = 'function a(e,t){return function(n){return e+t+n}}a(1,2);';
/** `function addAll(first, second) { return (third) => first + second + third }`, in one line. */
const names = ['addAll', 'first', 'second', 'third', 'e', 't', 'n', 'a', 'Function'];
const scopes = [
  item(1, 0, 0, 0),
  item(3, signed(0)),
  item(1, 7, 0, 0, signed(0), signed(8)),
  item(3, signed(1), signed(1)),
  item(1, 4, 0, 41),
  item(3, signed(1)),
  item(2, 0, 30),
  item(2, 0, 2),
  item(2, 1, 0),
  item(4, 2, 0, signed(0)),
  item(6, 8),
  item(4, 6, 0, signed(1)),
  item(6, 5, 6),
  item(4, 6, 23, signed(1)),
  item(6, 7),
  item(5, 25),
  item(5, 1),
  item(5, 7),
].join();

const mapOf = (more: object) =>
  new ScriptMap(
    JSON.stringify({ version: 3, sources: ['sum.js'], names, mappings: 'AAAA,SAAA,CAAA', ...more }),
    'file:///app/sum.min.js.map',
    code,
    readScopes,
  );
const at = (pattern: RegExp) => ({ scriptId: 1, line: 0, column: code.search(pattern) });
const outer = { kind: 'function', name: 'a', ...at(/\(e/) } as const;
const inner = at(/\(n/);
const variables = (map: ScriptMap, wanted = ['e', 't']) =>
  Object.fromEntries(map.variables(0, inner.column, wanted));

describe('scopes of a map', () => {
  it('name functions and variables', () => {
    const map = mapOf({ scopes });
    expect(map.problem).toBeNull();
    expect(map.original(outer)?.name).toBe('addAll');
    expect(variables(map)).toEqual({ e: 'first', t: 'second' });
    // Without them, the mappings have no names.
    expect(mapOf({}).original(outer)?.name).toBeNull();
    expect(variables(mapOf({}))).toEqual({});
  });

  it('name nothing that they do not have', () => {
    const map = mapOf({ scopes });
    // The function that is made in the scope has variables of its own.
    expect(variables(map, ['n'])).toEqual({});
    expect(variables(map, ['e', 'x'])).toEqual({});
    expect(map.original({ ...outer, name: '', column: inner.column })?.name).toBeNull();
  });

  it('are those of each part of a map', () => {
    const section = { version: 3, sources: ['sum.js'], names, mappings: 'AAAA,SAAA,CAAA', scopes };
    const map = mapOf({ sections: [{ offset: { line: 0, column: 0 }, map: section }] });
    expect(map.original(outer)?.name).toBe('addAll');
    expect(variables(map)).toEqual({ e: 'first', t: 'second' });
  });

  it.each([
    ['a number', 7],
    ['no text of the format', 'hello, world'],
    ['a character of no number', `${scopes}!`],
    ['a scope without end', 'BAAA'],
    ['an end without scope', 'CAA'],
    ['a range without end', 'EAA'],
    ['variables of no scope', 'DA'],
    ['bindings of no range', 'GA'],
    ['a name that is not there', item(1, 1, 0, 0, signed(99))],
    ['a scope that is not there', item(4, 2, 0, signed(5))],
    ['too few bindings', scopes.replace(item(6, 5, 6), item(6, 5))],
    ['an endless number', 'B//////////////////////'],
    ['what is cut off', scopes.slice(0, -3)],
    ['deep nesting', `${'BAAA,'.repeat(20_000)}${Array(20_000).fill('CAA').join()}`],
  ])('are not used when they are damaged: %s', (_what, damaged) => {
    const map = mapOf({ scopes: damaged });
    expect(map.problem).toBe('has scopes that cannot be read');
    expect(map.original(outer)).toMatchObject({ line: 1, name: null });
    expect(variables(map)).toEqual({});
  });

  it('never make what is no name one', () => {
    const hostile = names.map((name) => (name === 'first' || name === 'addAll' ? 'a b<script>' : name));
    const map = mapOf({ scopes, names: hostile });
    expect(map.original(outer)?.name).toBeNull();
    expect(variables(map)).toEqual({ t: 'second' });
  });
});
