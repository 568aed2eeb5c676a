// Labels of Graphviz that look like HTML: text, fonts, tables.

/** Text in such a label. Graphviz ends a text at a NUL, and reads other control characters as none. */
export function htmlText(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\r?\n|\r/g, ' ');
}

export interface TextLook {
  color: string;
  size?: number;
  isBold?: boolean;
  isCode?: boolean;
}

/** A run of text; nothing for an empty one, which Graphviz does not take. */
export function htmlRun(text: string, { color, size, isBold = false, isCode = false }: TextLook): string {
  if (text === '') return '';
  const face = isCode ? ' FACE="Courier"' : '';
  const points = size === undefined ? '' : ` POINT-SIZE="${size}"`;
  const inner = isBold ? `<B>${htmlText(text)}</B>` : htmlText(text);
  return `<FONT COLOR="${color}"${face}${points}>${inner}</FONT>`;
}

export interface TableLook {
  border: number;
  padding: number;
  color: string;
  background: string | null;
}

/** A table with rounded corners; `rows` are its `<TR>`s. */
export function roundedTable(
  rows: readonly string[],
  { border, padding, color, background }: TableLook,
): string {
  const fill = background === null ? '' : ` BGCOLOR="${background}"`;
  return `<TABLE BORDER="${border}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="${padding}" STYLE="rounded" COLOR="${color}"${fill}>${rows.join('')}</TABLE>`;
}
