// Defaults of a graph: the last statement counts, so ours comes first.
import { Tokens } from '../../shared/dot/tokens.ts';

/** The first graph of a text with another default, a statement such as `overlap=scale`, on the line where it begins. */
export function withDefault(dot: string, statement: string): string {
  const token = new Tokens(dot);
  while (token.kind !== 'end' && token.kind !== '{') token.next();
  return token.kind === '{' ? `${dot.slice(0, token.end)}${statement};${dot.slice(token.end)}` : dot;
}
