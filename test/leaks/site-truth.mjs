// Where the objects that a program of the catalogue leaks are made, by its text alone: what V8's stacks are compared with.
import { readFileSync } from 'node:fs';
import { parse } from 'acorn';

/**
 * @param type the pattern of the leaking classes
 * @returns the classes' names; the lines that construct them; the functions with such a line, and those that a step runs
 */
export function siteTruth(file, type) {
  const code = readFileSync(file, 'utf8');
  const tree = parse(code, { ecmaVersion: 'latest', locations: true, allowReturnOutsideFunction: true });
  const functions = [];
  const constructed = [];
  const classes = [];
  let step = null;
  visit(tree, (node) => {
    if (/Function/.test(node.type)) functions.push(range(node));
    if (node.type === 'NewExpression' && node.callee.name)
      constructed.push({ name: node.callee.name, line: node.loc.start.line });
    if (/^Class(Declaration|Expression)$/.test(node.type) && node.id) classes.push(node.id.name);
    if (node.type === 'AssignmentExpression' && code.slice(node.left.start, node.left.end) === 'exports.step')
      step = range(node.right);
  });
  const isLeaking = (name) => type.test(name);
  const written = type.source.match(/[A-Za-z]\w+/g) ?? [];
  const types = [...new Set([...classes.filter(isLeaking), ...written.filter(isLeaking)])];
  const lines = constructed.filter(({ name }) => isLeaking(name)).map(({ line }) => line);
  return {
    types,
    lines,
    step,
    holdsLine: (start) =>
      functions.some((each) => each.first === start && lines.some((line) => isIn(each, line))),
  };
}

export const isIn = ({ first, last }, line) => first <= line && line <= last;

const range = ({ loc }) => ({ first: loc.start.line, last: loc.end.line });

function visit(node, see) {
  see(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === 'string') visit(child, see);
}
