// A small assembler of WebAssembly's text: as much of it as row-code.mjs uses. In the folded form, all names written out.
// Format: https://webassembly.github.io/spec/core/binary/

const valueTypes = { i32: 0x7f, i64: 0x7e };

/** Instructions without anything behind them. */
const plain = {
  return: 0x0f,
  ...{
    'i32.eqz': 0x45,
    'i32.eq': 0x46,
    'i32.ne': 0x47,
    'i32.lt_u': 0x49,
    'i32.gt_s': 0x4a,
    'i32.gt_u': 0x4b,
  },
  ...{ 'i32.le_u': 0x4d, 'i32.ge_s': 0x4e, 'i32.ge_u': 0x4f, 'i64.eqz': 0x50 },
  ...{
    'i32.add': 0x6a,
    'i32.sub': 0x6b,
    'i32.mul': 0x6c,
    'i32.div_u': 0x6e,
    'i32.and': 0x71,
    'i32.or': 0x72,
  },
  ...{ 'i32.shl': 0x74, 'i64.ctz': 0x7a, 'i64.add': 0x7c, 'i64.mul': 0x7e, 'i64.and': 0x83, 'i64.or': 0x84 },
  ...{ 'i64.xor': 0x85, 'i64.shl': 0x86, 'i64.shr_u': 0x88, 'i32.wrap_i64': 0xa7, 'i64.extend_i32_u': 0xad },
};
const ofLocals = { 'local.get': 0x20, 'local.set': 0x21, 'local.tee': 0x22 };
/** With the power of two by which an address may be aligned, which changes no meaning: none. */
const ofMemory = { 'i64.load': 0x29, 'i32.load8_u': 0x2d, 'i32.store': 0x36, 'i32.store8': 0x3a };
const ofLabels = { br: 0x0c, br_if: 0x0d };
const blocks = { block: 0x02, loop: 0x03 };
const [ifCode, end, noResult] = [0x04, 0x0b, 0x40];

/**
 * The bytes of a module: a memory that is exported, and functions that are.
 * @throws Error about the first thing that is not understood
 */
export function assemble(text) {
  const [, ...fields] = parse(text);
  const memory = fields.find(([kind]) => kind === 'memory');
  const functions = fields.filter(([kind]) => kind === 'func').map(readFunction);
  const exported = [
    [...name('memory'), 0x02, 0],
    ...functions.map((each, i) => [...name(each.name), 0x00, ...leb(i)]),
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(functions.map(({ type }) => type))),
    ...section(3, vector(functions.map((_, i) => leb(i)))),
    // Its least and its most pages: the same.
    ...section(5, vector([[0x01, ...leb(Number(memory.at(-1))), ...leb(Number(memory.at(-1)))]])),
    ...section(7, vector(exported)),
    ...section(10, vector(functions.map(({ body }) => [...leb(body.length), ...body]))),
  ]);
}

/** Nested lists of words, without comments. */
function parse(text) {
  const words = text.replace(/;;.*/g, '').match(/[()]|"[^"]*"|[^\s()"]+/g);
  const stack = [[]];
  for (const word of words)
    if (word === '(') stack.push([]);
    else if (word === ')') {
      const list = stack.pop();
      stack.at(-1).push(list);
    } else stack.at(-1).push(word);
  if (stack.length !== 1 || stack[0].length !== 1) throw new Error('The parentheses do not match');
  return stack[0][0];
}

function readFunction([, [, quoted], ...rest]) {
  const of = (kind) => rest.filter((field) => field[0] === kind);
  const parameters = of('param');
  const locals = of('local');
  const numbers = new Map([...parameters, ...locals].map(([, local], i) => [local, i]));
  const labels = [];
  const instructions = rest
    .filter(([kind]) => !['param', 'result', 'local'].includes(kind))
    .flatMap((field) => write(field, numbers, labels));
  const types = (fields) => vector(fields.map((field) => [valueTypes[field.at(-1)]]));
  return {
    name: quoted.replaceAll('"', ''),
    type: [0x60, ...types(parameters), ...types(of('result'))],
    body: [...vector(locals.map(([, , type]) => [1, valueTypes[type]])), ...instructions, end],
  };
}

/** An instruction, behind those that it takes its values from. @param labels of the blocks around it */
function write([word, ...rest], numbers, labels) {
  const inside = (fields, around = labels) => fields.flatMap((field) => write(field, numbers, around));
  if (word in blocks) {
    const [label, ...body] = rest;
    return [blocks[word], noResult, ...inside(body, [...labels, label]), end];
  }
  if (word === 'if') {
    const [condition, [, ...body]] = rest;
    return [...inside([condition]), ifCode, noResult, ...inside(body, [...labels, '']), end];
  }
  if (word in ofLocals) return [...inside(rest.slice(1)), ofLocals[word], ...leb(number(rest[0], numbers))];
  if (word in ofLabels) {
    const place = labels.lastIndexOf(rest[0]);
    if (place < 0) throw new Error(`There is no label ${rest[0]}`);
    return [...inside(rest.slice(1)), ofLabels[word], ...leb(labels.length - 1 - place)];
  }
  if (word === 'i32.const') return [0x41, ...signedLeb(BigInt.asIntN(32, BigInt(rest[0])))];
  if (word === 'i64.const') return [0x42, ...signedLeb(BigInt.asIntN(64, BigInt(rest[0])))];
  if (word in ofMemory) {
    const offset = /^offset=(\d+)$/.exec(rest[0])?.[1];
    return [
      ...inside(offset === undefined ? rest : rest.slice(1)),
      ofMemory[word],
      0,
      ...leb(Number(offset ?? 0)),
    ];
  }
  if (word in plain) return [...inside(rest), plain[word]];
  throw new Error(`There is no instruction ${word}`);
}

function number(local, numbers) {
  if (!numbers.has(local)) throw new Error(`There is no local ${local}`);
  return numbers.get(local);
}

const vector = (items) => [...leb(items.length), ...items.flat()];
const section = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
const name = (text) => vector([...Buffer.from(text)].map((byte) => [byte]));

/** LEB128: seven bits a byte, the lowest first. */
function leb(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function signedLeb(value) {
  const bytes = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest >= -64n && rest < 64n) return [...bytes, low];
    bytes.push(low | 128);
  }
}
