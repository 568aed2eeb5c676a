import { expect, it } from 'vitest';
import { selectorOf } from '../../../../shared/heap/pages/selector.ts';

it.each([
  ['<div id="dlg" class="modal" data-testid="confirm-dialog">', '[data-testid="confirm-dialog"]'],
  ['<div id="dlg" class="modal">', 'div#dlg'],
  ['<div class="modal dialog-big open shown">', 'div.modal.dialog-big.open'],
  ['<div id="3 a" class="md:flex x">', 'div.x'],
  ['<div role="dialog" aria-label="Sign in">', 'div[role="dialog"][aria-label="Sign in"]'],
  ['<input type="text" name="q">', 'input[name="q"]'],
  ['<drop-down>', 'drop-down'],
  ['<p>', 'p'],
  ['Text', 'Text'],
])('%s is %s', (name, selector) => {
  expect(selectorOf(name)).toBe(selector);
});
