// What of strangers' text may reach a terminal.
import { expect, it } from 'vitest';
import { printable, printableJson, printableLines } from '../../shared/printable.ts';

it.each([
  ['escape codes', 'a\u001b]0;title\u0007b', 'a\\u001b]0;title\\u0007b'],
  ['C1 codes', '\u009b31m', '\\u009b31m'],
  ['line breaks and tabs', 'a\nb\tc\r', 'a\\u000ab\\u0009c\\u000d'],
  ['directions', '\u202e\u2066\u061c\u200e\u200f', '\\u202e\\u2066\\u061c\\u200e\\u200f'],
  ['what has no width', '\u200b\u200d\u2060\ufeff\u00ad', '\\u200b\\u200d\\u2060\\ufeff\\u00ad'],
  ['separators', '\u2028\u2029', '\\u2028\\u2029'],
  ['tags', '\u{e0041}', '\\udb40\\udc41'],
  ['half a character', '\ud800x', '\\ud800x'],
  ['letters that are drawn as nothing', '\u3164\u115f', '\\u3164\\u115f'],
])('%s are written out', (_what, text, expected) => {
  expect(printable(text)).toBe(expected);
});

it('leaves what people read', () => {
  for (const text of ['Größe → ƒ', '用户', 'שלום', '🙂', 'C:\\heaps\\a.dot', 'e\u0301'])
    expect(printable(text)).toBe(text);
});

it('leaves lines and tabs where there are some', () => {
  expect(printableLines('a\n\tb\u001b')).toBe('a\n\tb\\u001b');
});

it('keeps what JSON means', () => {
  const value = { '\u202ekey\u0085': 'a\n\u001b\u009b\u200b\u{e0041}\ud800', list: ['\t', 'é'] };
  const text = printableJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]/);
});
