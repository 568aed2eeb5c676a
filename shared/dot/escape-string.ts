// Graphviz's escString (https://graphviz.org/docs/attr-types/escString/): tooltips and links as a reader sees them.

/** What the letters mean: N node, G graph, L label, E edge, T tail, H head. */
export type Substitutions = Partial<Record<'N' | 'G' | 'L' | 'E' | 'T' | 'H', string>>;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** `'\N holds\n&lt;b&gt;'` of node x is `'x holds\n<b>'`. Line ends of any alignment become newlines. */
export function expandEscapes(text: string, substitutions: Substitutions): string {
  const expanded = text.replace(/\\([\s\S])/g, (_, letter: string) => {
    if (letter === 'n' || letter === 'l' || letter === 'r') return '\n';
    return substitutions[letter as keyof Substitutions] ?? letter;
  });
  return decodeEntities(expanded);
}

/** References to characters, as XML and HTML have them. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole: string, hex?: string, decimal?: string, name?: string) => {
      const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : null;
      if (code === null) return entities[name ?? ''] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
