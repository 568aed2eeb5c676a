// The class that a place in a file belongs to, by the text alone: maps name the tokens of a class, but the place that V8 has
// is often its constructor.

/** What hides braces: comments, strings, templates without expressions, regular expressions after an operator. */
const hidden =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|(?<=[=(,:[!&|?{};]\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;

/** Longer files are not looked through. */
const longest = 4e6;

/**
 * The name of the class whose declaration is at a place, or whose body holds the place directly.
 * @param line counted from 0
 * @param column counted from 0
 * @returns null where there is none, or it has no name
 */
export function enclosingClass(text: string, line: number, column: number): string | null {
  if (text.length > longest) return null;
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf('\n', start) + 1;
  const place = start + column;
  const code = withoutHidden(text);
  const at = /^class(?:\s+([\p{ID_Start}$_][\p{ID_Continue}$]*))?/u.exec(code.slice(place, place + 300));
  if (at) return nameOf(at[1], code.slice(0, place));
  // Some compilers place a class at its brace.
  const opened = code[place] === '{' ? nameAt(code, place) : null;
  if (opened !== null) return opened;
  // Up to the brace that is open around the place.
  let depth = 0;
  let open = place - 1;
  for (; open >= 0; open--) {
    if (code[open] === '}') depth++;
    else if (code[open] === '{' && depth-- === 0) break;
  }
  if (open < 0) return null;
  return nameAt(code, open);
}

/** Type parameters may have braces. */
const isHead =
  /(?<![\w$.])class(?:\s+([\p{ID_Start}$_][\p{ID_Continue}$]*))?(?:\s*<(?:[^{}]|\{[^{}]*\})*>)?(?:\s+(?:extends|implements)\s[^{};]*)?\s*$/u;

/** The name of the class whose body a brace opens. */
function nameAt(code: string, open: number): string | null {
  const from = Math.max(0, open - 1000);
  const head = isHead.exec(code.slice(from, open));
  if (!head) return null;
  const name = head[1] === 'extends' || head[1] === 'implements' ? undefined : head[1];
  return nameOf(name, code.slice(0, from + head.index));
}

/** The last one is kept: the classes of a file are asked about one after another. */
let last = { text: '', code: '' };

function withoutHidden(text: string): string {
  if (last.text !== text)
    last = { text, code: text.replace(hidden, (match) => match.replace(/[^\n]/g, ' ')) };
  return last.code;
}

/** A class without a name has that of the variable: `const Cart = class {`. */
function nameOf(name: string | undefined, before: string): string | null {
  if (name !== undefined && name !== 'extends') return name;
  return (
    /(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)[^=;{}]*=\s*$/u.exec(before.slice(-300))?.[1] ??
    null
  );
}
