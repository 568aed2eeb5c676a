// The rows of nodes and edges in WebAssembly, written as text: what NodeRows and EdgeRows do in TypeScript, eight digits at a
// time. `node build/wasm/row-code.mjs` writes shared/heap/row-code.ts, which a test compares with it.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from './assemble.mjs';

const [newline, comma, zero] = [10, 44, 48];
/** Rows of a call at most. */
const rows = 4096;
/** Addresses. The first bytes hold the results of a call, then the types of a snapshot in ours; then columns; then the window. */
const place = {
  position: 0,
  largestName: 4,
  edges: 8,
  states: 12,
  types: 256,
  columns: 65536,
  window: 3 * 65536,
};
/** The columns of four bytes each, and those of one byte behind them. */
const wide = (column) => place.columns + 4 * rows * column;
const narrow = (column) => wide(4) + rows * column;
const pages = 3 + 16 + 1;
/** The edge types whose names are no strings: EdgeType.element and EdgeType.hidden. */
const [element, hidden] = [1, 4];

const get = (local) => `(local.get ${local})`;
const set = (local, value) => `(local.set ${local} ${value})`;
const i32 = (value) => `(i32.const ${value})`;
const i64 = (value) => `(i64.const ${value})`;
const add = (local, value) => set(local, `(i32.add ${get(local)} ${value})`);
const byte = '(i32.load8_u (local.get $p))';
const digit = `(i32.sub ${byte} ${i32(zero)})`;
/** Leaves the rows before this one as the result. */
const stopUnless = (condition) => `(br_if $end (i32.eqz ${condition}))`;
const stopIf = (condition) => `(br_if $end ${condition})`;
const take = (expected) => `${stopIf(`(i32.ne ${byte} ${i32(expected)})`)} ${add('$p', i32(1))}`;

/**
 * A number of one to nine digits at $p, which moves behind it. Eight bytes at once: the first that is no digit shows in the
 * high bits of $marks, what follows is shifted out, and pairs, then fours, then all digits are joined by multiplications.
 */
const number = (result) => `
  ${set('$word', `(i64.xor (i64.load ${get('$p')}) ${i64('0x3030303030303030')})`)}
  ${set(
    '$marks',
    `(i64.and (i64.or (i64.add ${get('$word')} ${i64('0x7676767676767676')}) ${get('$word')}) ${i64('0x8080808080808080')})`,
  )}
  ${set('$digits', `(i32.wrap_i64 (i64.shr_u (i64.ctz ${get('$marks')}) ${i64(3)}))`)}
  ${stopUnless(get('$digits'))}
  ${set(
    '$word',
    `(i64.shl ${get('$word')} (i64.extend_i32_u (i32.sub ${i32(64)} (i32.shl ${get('$digits')} ${i32(3)}))))`,
  )}
  ${joined(2561, 8, '0x00ff00ff00ff00ff')}
  ${joined(6553601, 16, '0x0000ffff0000ffff')}
  ${set(result, `(i32.wrap_i64 (i64.shr_u (i64.mul ${get('$word')} ${i64(42949672960001)}) ${i64(32)}))`)}
  ${add('$p', get('$digits'))}
  (if (i64.eqz ${get('$marks')}) (then
    (if (i32.le_u ${digit} ${i32(9)}) (then
      ${set(result, `(i32.add (i32.mul ${get(result)} ${i32(10)}) ${digit})`)}
      ${add('$p', i32(1))}
      ${stopIf(`(i32.le_u ${digit} ${i32(9)})`)}))))`;

function joined(factor, bits, mask) {
  return set(
    '$word',
    `(i64.and (i64.shr_u (i64.mul ${get('$word')} ${i64(factor)}) ${i64(bits)}) ${i64(mask)})`,
  );
}

const store = (address, value) =>
  `(i32.store offset=${address} (i32.shl ${get('$row')} ${i32(2)}) ${get(value)})`;
const storeByte = (address, value) => `(i32.store8 offset=${address} ${get('$row')} ${get(value)})`;
const typeOf = (kind) => `(i32.load8_u offset=${place.types} ${get(kind)})`;

/** A function that reads rows from $p to $last, $most at most, and gives how many. */
const rowsFunction = (name, { parameters, locals, row, results = '' }) => `
  (func (export "${name}") (param $p i32) (param $last i32) (param $most i32)
    ${parameters.map((each) => `(param ${each} i32)`).join(' ')} (result i32)
    (local $word i64) (local $marks i64) (local $digits i32) (local $row i32) (local $start i32) (local $largest i32)
    ${locals.map((each) => `(local ${each} i32)`).join(' ')}
    ${set('$start', get('$p'))}
    (block $end
      (loop $next
        ${stopIf(`(i32.ge_u ${get('$row')} ${get('$most')})`)}
        ${stopIf(`(i32.gt_s ${get('$p')} ${get('$last')})`)}
        (if (i32.eq ${byte} ${i32(newline)}) (then ${add('$p', i32(1))}))
        ${take(comma)}
        ${row}
        ${add('$row', i32(1))}
        ${set('$start', get('$p'))}
        (br $next)))
    (i32.store offset=${place.position} ${i32(0)} ${get('$start')})
    (i32.store offset=${place.largestName} ${i32(0)} ${get('$largest')})
    ${results}
    ${get('$row')})`;

const edges = rowsFunction('edges', {
  parameters: ['$kinds', '$width', '$nodes'],
  locals: ['$kind', '$name', '$target', '$offset'],
  row: `
    ${set('$kind', digit)}
    ${stopUnless(`(i32.lt_u ${get('$kind')} ${get('$kinds')})`)}
    ${stopUnless(`(i32.le_u ${get('$kind')} ${i32(9)})`)}
    ${add('$p', i32(1))}
    ${take(comma)}
    ${number('$name')}
    ${take(comma)}
    ${number('$offset')}
    ${set('$target', `(i32.div_u ${get('$offset')} ${get('$width')})`)}
    ${stopIf(`(i32.ne (i32.mul ${get('$target')} ${get('$width')}) ${get('$offset')})`)}
    ${stopIf(`(i32.ge_u ${get('$target')} ${get('$nodes')})`)}
    ${set('$kind', typeOf('$kind'))}
    ${storeByte(narrow(0), '$kind')}
    ${store(wide(0), '$name')}
    ${store(wide(1), '$target')}
    (if (i32.gt_u ${get('$name')} ${get('$largest')}) (then
      (if (i32.ne ${get('$kind')} ${i32(element)}) (then
        (if (i32.ne ${get('$kind')} ${i32(hidden)}) (then ${set('$largest', get('$name'))}))))))`,
});

const nodes = rowsFunction('nodes', {
  // $short: how many numbers of one digit follow the five long ones.
  parameters: ['$kinds', '$short', '$edges', '$edgeCount'],
  locals: ['$kind', '$name', '$id', '$size', '$count', '$left', '$state', '$states'],
  results: `
    (i32.store offset=${place.edges} ${i32(0)} ${get('$edges')})
    (i32.store offset=${place.states} ${i32(0)} ${get('$states')})`,
  row: `
    ${number('$kind')} ${take(comma)}
    ${number('$name')} ${take(comma)}
    ${number('$id')} ${take(comma)}
    ${number('$size')} ${take(comma)}
    ${number('$count')}
    ${set('$left', get('$short'))}
    (loop $again
      ${take(comma)}
      ${set('$state', digit)}
      ${stopUnless(`(i32.le_u ${get('$state')} ${i32(9)})`)}
      ${add('$p', i32(1))}
      (br_if $again (local.tee $left (i32.sub ${get('$left')} ${i32(1)}))))
    ${stopIf(`(i32.le_u ${digit} ${i32(9)})`)}
    ${stopIf(`(i32.ge_u ${get('$kind')} ${get('$kinds')})`)}
    ${stopIf(`(i32.gt_u ${get('$count')} (i32.sub ${get('$edgeCount')} ${get('$edges')}))`)}
    ${set('$kind', typeOf('$kind'))}
    ${storeByte(narrow(0), '$kind')}
    ${storeByte(narrow(1), '$state')}
    ${set('$states', `(i32.or ${get('$states')} ${get('$state')})`)}
    ${store(wide(0), '$name')}
    ${store(wide(1), '$id')}
    ${store(wide(2), '$size')}
    ${store(wide(3), '$edges')}
    ${set('$edges', `(i32.add ${get('$edges')} ${get('$count')})`)}
    (if (i32.gt_u ${get('$name')} ${get('$largest')}) (then ${set('$largest', get('$name'))}))`,
});

const text = `(module (memory (export "memory") ${pages}) ${nodes} ${edges})`;

/** The module that reads rows, and where it has what. */
export function rowCode() {
  const code = Buffer.from(assemble(text)).toString('base64');
  return `// Written by build/wasm/row-code.mjs, which says what it does.

/** Rows of a call at most. */
export const rowsPerCall = ${rows};

/** Where the module has what in its memory. */
export const rowPlaces = {
  position: ${place.position},
  largestName: ${place.largestName},
  edges: ${place.edges},
  states: ${place.states},
  types: ${place.types},
  wide: [${[0, 1, 2, 3].map(wide).join(', ')}],
  narrow: [${[0, 1].map(narrow).join(', ')}],
  window: ${place.window},
} as const;

/** The module, in base64. */
export const rowCode =
  '${code}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(resolve(import.meta.dirname, '../../shared/heap/row-code.ts'), rowCode());
