// In which scope of some code a variable is declared that V8 names: the right declaration, or none.
import { describe, expect, it } from 'vitest';
import { readScopes } from '../../../main/source-maps/scopes.ts';

/** The code without its marks: `‹` before the declarations that are meant, `›` before the function that is made in the scope. */
function asked(marked: string, names: string[]) {
  const code = marked.replace(/[‹›]/g, '');
  const before = (at: number) => marked.slice(0, at).replace(/[‹›]/g, '').length;
  const meant = Array.from(marked.matchAll(/‹/g), ({ index }) => before(index));
  return { found: readScopes.ofCode(code)?.declarations(before(marked.indexOf('›')), names), meant };
}

describe('finds the declaration of', () => {
  it.each<[string, string, string[]]>([
    ['a parameter', 'function f(‹e) { return function ›() { return e } }', ['e']],
    ['a parameter of an arrow function', 'const f = ‹e => ›n => e + n', ['e']],
    ['parameters in patterns', 'const f = ({ a: ‹e, ...‹r }, [‹t = 1]) => ›() => e + t + r', ['e', 'r', 't']],
    ['a var in a block', 'function f() { if (1) { var ‹e = {} } return ›() => e }', ['e']],
    ['a let of a block', '{ let ‹e = {}; f(›() => e) }', ['e']],
    ['a variable of a loop', 'for (const ‹e of list) f(›() => e)', ['e']],
    ['what is caught', 'try { f() } catch (‹e) { g(›() => e) }', ['e']],
    [
      'a function and a class',
      'function f() { function ‹e() {} class ‹n {} return ›() => [e, n] }',
      ['e', 'n'],
    ],
    ['an import', 'import ‹e, { x as ‹n } from "x"; export const f = ›() => [e, n]', ['e', 'n']],
    ['a variable of a CommonJS module', 'const ‹e = {}; module.exports = ›() => e', ['e']],
    ['a variable around a method', 'function f(‹e) { return { m›() { return e } } }', ['e']],
    [
      'a variable around a constructor',
      'function f(‹e) { return class { constructor›() { this.e = e } } }',
      ['e'],
    ],
    ['a class that its method uses', 'class ‹e { m›() { return e } }', ['e']],
    [
      'a name that its own function takes as a parameter',
      'function f(‹e) { return function ›(e) {} }',
      ['e'],
    ],
    ['an arrow function that takes it as a parameter', 'const f = ‹e => ›e => 1', ['e']],
    ['all variables of a scope, of several', 'function f(e) { return (‹e, ‹n) => ›() => e + n }', ['e', 'n']],
    [
      'a static block and a field',
      'function f(‹e) { return class { static { g(›() => e) } x = () => 1 } }',
      ['e'],
    ],
  ])('%s', (_what, code, names) => {
    const { found, meant } = asked(code, names);
    expect(meant).toHaveLength(names.length);
    expect(found?.toSorted((a, b) => a - b)).toEqual(meant);
  });
});

describe('finds nothing', () => {
  it.each<[string, string, string[]]>([
    ['where two scopes declare it', 'function f(e) { { let e = 1; return ›() => 2 } }', ['e']],
    ['where a function may mean itself', 'function f(e) { return function e() { return ›() => e } }', ['e']],
    ['where a class may mean itself', 'function f(e) { return class e { m›() { return e } } }', ['e']],
    ['where no scope declares all', 'function f(e) { return n => ›() => 1 }', ['e', 'n']],
    ['beside the scope', 'function f(e) {} g(›() => 1)', ['e']],
  ])('%s', (_what, code, names) => {
    expect(asked(code, names).found).toBeNull();
  });

  it('in code that is none, or too long', () => {
    expect(readScopes.ofCode('function (')).toBeNull();
    expect(readScopes.ofCode(' '.repeat(4e6 + 1))).toBeNull();
  });
});

it('knows the parameters of the function that Node puts around a module', () => {
  expect(readScopes.ofCode('const e = {}; f(() => e)')?.declarations(17, ['e', 'module'])).toEqual([6, -1]);
});
