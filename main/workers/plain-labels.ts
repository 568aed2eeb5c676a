// Labels of HTML that Graphviz cannot read, as the text that is in them.
import { attributesIn } from '../../shared/dot/attributes.ts';
import { decodeEntities } from '../../shared/dot/escape-string.ts';
import { quoteLabel } from '../../shared/dot/tokens.ts';

/** So many different labels are tried one by one. */
const maxTried = 500;

/** The graph with its malformed labels as plain text. @param isMalformed judges the inside of one */
export async function withPlainLabels(
  dot: string,
  isMalformed: (html: string) => Promise<boolean>,
): Promise<string> {
  const judged = new Map<string, boolean>();
  let text = '';
  let from = 0;
  for (const { name, value, isHtml, start, end } of attributesIn(dot)) {
    if (!isHtml || !/label$/.test(name)) continue;
    let malformed = judged.get(value);
    if (malformed === undefined) {
      if (judged.size >= maxTried) break;
      malformed = await isMalformed(value);
      judged.set(value, malformed);
    }
    if (!malformed) continue;
    text += dot.slice(from, start) + quoteLabel(plainText(value).replaceAll('&', '&amp;'));
    from = end;
  }
  return text + dot.slice(from);
}

/** @example plainText('<b>R&D</b> &lt;dept&gt;<br/>x') is 'R&D <dept>\nx' */
function plainText(html: string): string {
  const text = html
    .replace(/<(?:br|\/tr)\b[^<>]*>/gi, '\n')
    .replace(/<\/?[a-z!][^<>]*>/gi, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  return decodeEntities(text === '' ? html : text);
}
