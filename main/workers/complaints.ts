// What Graphviz says on its standard error, as sentences for people.

/** Further ones are only counted: each of a thousand nodes may have the same fault. */
const maxReported = 100;

/** A line that begins with its level, and those that continue it. */
interface Complaint {
  level: 'Warning' | 'Error';
  lines: string[];
}

/** The first error, or null when there are only warnings. */
export function errorAmong(messages: readonly string[]): string | null {
  return (
    complaintsIn(messages)
      .find(({ level }) => level === 'Error')
      ?.lines.join('\n') ?? null
  );
}

/** For a graph that was drawn all the same: each message once. */
export function warningsAmong(messages: readonly string[]): string[] {
  const reported = [...new Set(complaintsIn(messages).filter(concernsUser).map(inWords))];
  const rest = reported.length - maxReported;
  return rest > 0 ? [...reported.slice(0, maxReported), `… and ${rest} more`] : reported;
}

function complaintsIn(messages: readonly string[]): Complaint[] {
  const complaints: Complaint[] = [];
  for (const line of messages) {
    const [, level, text] = /^(Warning|Error): (?:Warning: )?(.*)$/.exec(line.trim()) ?? [];
    if (level === 'Warning' || level === 'Error') complaints.push({ level, lines: [text] });
    else if (complaints.length > 0) complaints.at(-1)!.lines.push(line.trim());
    else complaints.push({ level: 'Error', lines: [line.trim()] });
  }
  return complaints;
}

/**
 * That we ask for JSON, and that widths of letters are estimates where Graphviz knows none, is no fault of the graph; a missing image
 * is complained of twice.
 */
const concernsUser = ({ lines: [first] }: Complaint) =>
  !/^No such file or directory while opening|not supported in (xdot|json) output|^No loadimage plugin|^no value for width of|^no hard-coded metrics for/.test(
    first,
  );

/** The last line of a complaint about a label of HTML. */
export const isOfLabel = /^in label of (.+)$/;

function inWords({ lines }: Complaint): string {
  const label = isOfLabel.exec(lines.at(-1)!);
  const image = /^No or improper image(?: file)?="(.*?)"/.exec(lines[0])?.[1];
  if (image !== undefined)
    return `The image ${image} is not shown: there is no PNG, JPEG, GIF or SVG of this name in the file's own folder`;
  return label
    ? `The HTML label of ${label[1]} is not well-formed (${reasonIn(lines)}); its text is shown plainly`
    : `Graphviz: ${lines.join(' ').trim()}`;
}

/** `invalid token near "R&D dept"` */
function reasonIn([first, near]: string[]): string {
  const reason = first
    .replace(/ (?:in|on) line \d+\s*$/, '')
    .replace(/^not well-formed \((.*)\)$/, '$1')
    .trim();
  const place = /^\.\.\. (?:<HTML>)?(.*?)(?:<\/HTML>)? \.\.\.$/.exec(near)?.[1].trim();
  return place ? `${reason} near ${JSON.stringify(place.slice(0, 60))}` : reason;
}
