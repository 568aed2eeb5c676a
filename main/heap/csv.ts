// Rows of comma-separated values (RFC 4180). https://www.rfc-editor.org/rfc/rfc4180

/** One row with its end. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  // A spreadsheet computes what looks like a formula, and the strings of a heap may come from strangers:
  // https://owasp.org/www-community/attacks/CSV_Injection
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  // Where the decimal sign is a comma, spreadsheets take a semicolon for the end of a cell.
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
