// The formats of pictures: which of them Graphviz writes as text, and which one a file name asks for.

/** What Graphviz writes without help from outside. */
export const graphvizFormats = [
  ...['svg', 'dot', 'gv', 'json', 'json0', 'xdot', 'xdot1.2', 'xdot1.4', 'xdot_json', 'dot_json', 'canon'],
  ...['plain', 'plain-ext', 'ps', 'ps2', 'eps', 'fig', 'pic', 'pov', 'tk', 'svg_inline'],
  ...['cmap', 'cmapx', 'cmapx_np', 'imap', 'imap_np', 'ismap'],
] as const;
export type GraphvizFormat = (typeof graphvizFormats)[number];

/** What a layout thread writes: Graphviz's own formats, SVG finished, and the page that a browser prints as a PDF. */
export type TextFormat = GraphvizFormat | 'pdf-page';

export const isGraphvizFormat = (format: string): format is GraphvizFormat =>
  (graphvizFormats as readonly string[]).includes(format);

/** Where a format goes by another name as a file's extension. */
const formatOfExtension: Record<string, string> = { gv: 'dot', jpeg: 'jpg' };

/** The format that a file name asks for, or null when it has no extension. */
export function formatOfFile(file: string): string | null {
  const extension = /\.([A-Za-z0-9_.-]+)$/
    .exec(
      file
        .split(/[\\/]/)
        .pop()!
        .replace(/^.*(?=\.)/, ''),
    )?.[1]
    .toLowerCase();
  return extension === undefined ? null : (formatOfExtension[extension] ?? extension);
}
