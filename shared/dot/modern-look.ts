// A plain look for plain files: a graph whose author chose no font and no colour is drawn with a typeface without serifs, room between
// its nodes, and rounded boxes. What an author did choose stays: all of this are defaults, which come first.
import { attributesIn } from './attributes.ts';
import { Tokens } from './tokens.ts';

const chosen =
  /^(?:fontname|fontcolor|color|fillcolor|bgcolor|pencolor|style|colorscheme|gradientangle|stylesheet)$/;

/** Whether a graph sets no font and no colour of its own, by attributes or in labels of HTML. */
export function isPlain(dot: string): boolean {
  for (const { name, value, isHtml } of attributesIn(dot)) {
    // An edge or a node that is not to be seen has no look.
    if (chosen.test(name) && !(name === 'style' && /^invis(?:ible)?$/.test(value))) return false;
    if (isHtml && /\b(?:color|bgcolor|face|style)\s*=/i.test(value)) return false;
  }
  return true;
}

const look = [
  'graph [fontname="Helvetica" fontsize=13 fontcolor="#1f2937" nodesep=0.35 ranksep=0.55 style="rounded" color="#9aa5b5"]',
  'node [fontname="Helvetica" fontsize=12 fontcolor="#1f2937" shape=box style="rounded,filled" fillcolor="#f3f6fb" color="#7d8ba1" margin="0.16,0.08" height=0.4]',
  'edge [fontname="Helvetica" fontsize=11 fontcolor="#4b5563" color="#7d8ba1" arrowsize=0.75]',
].join('; ');

/** The first graph of a text in the plain look; one that has a look of its own as it is. */
export function withModernLook(dot: string): string {
  if (!isPlain(dot)) return dot;
  const token = new Tokens(dot);
  while (token.kind !== 'end' && token.kind !== '{') token.next();
  return token.kind === '{' ? `${dot.slice(0, token.end)} ${look}; ${dot.slice(token.end)}` : dot;
}
