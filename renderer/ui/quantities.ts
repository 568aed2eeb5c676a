// How the tables write counts, bytes and times: short, and so that a column of them lines up.
import type { ClassLocation } from '../../shared/protocol/heap.ts';
import { grouped, inBytes, inUnits } from '../../shared/quantities.ts';

export { inBytes, inUnits };

/** `+1,204`, `−3`, `0`; with the minus of mathematics, which is as wide as the plus. */
export const signed = (count: number): string =>
  count === 0 ? '0' : `${count > 0 ? '+' : '−'}${grouped(Math.abs(count))}`;

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** `3 s`, `5 min`, `2 h`, `4 days`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** The file alone, with its line: `cache.js:12`. */
export function locationText({ script, line }: { script: string; line: number }): string {
  return `${script.slice(Math.max(script.lastIndexOf('/'), script.lastIndexOf('\\')) + 1)}:${line}`;
}

export const fullLocationText = ({ script, line, column }: ClassLocation) => `${script}:${line}:${column}`;

/** A place in the code that ran, and what the class or function is called there. */
export type GeneratedPlace = Omit<ClassLocation, 'script'> & { script: string | null } & (
    { type: string } | { name: string } | { function: string }
  );

/** Lines of a tooltip: the author's place, and that in the code that ran where it is another one. */
export function placeHint(location: ClassLocation, generated?: GeneratedPlace): string {
  const text = fullLocationText(location);
  if (!generated?.script) return text;
  const { script, line, column } = generated;
  const name =
    'type' in generated ? generated.type : 'name' in generated ? generated.name : generated.function;
  return `${text}\nIn the code that ran: ${[name, fullLocationText({ script, line, column })].filter(Boolean).join(' — ')}`;
}
