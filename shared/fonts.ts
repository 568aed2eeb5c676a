// The one table of fonts, for the screen and for files: which of the fonts that we ship is used for a family that a graph names.
// Liberation has the metrics of Times, Helvetica and Courier, by which Graphviz lays most graphs out.

export type ShippedFamily = 'Liberation Serif' | 'Liberation Sans' | 'Liberation Mono';

const mono =
  /mono|courier|consol|menlo|monaco|typewriter|\bcode\b|firacode|fixed|terminal|inconsolata|cour\b/i;
const sans =
  /sans|helvetica|arial|verdana|tahoma|trebuchet|segoe|calibri|roboto|\binter\b|ubuntu|dejavu|vera|cantarell|impact|open|lucida|noto|system-ui|gothic/i;
const serif = /liberation serif|^times|^serif\b/i;

/** `family` may be a list of choices: the first one counts. */
export function shippedFamily(family: string): ShippedFamily {
  const [first] = family.split(',', 1);
  if (serif.test(first)) return 'Liberation Serif';
  if (mono.test(first)) return 'Liberation Mono';
  return sans.test(first) ? 'Liberation Sans' : 'Liberation Serif';
}

/** Those that ours are drawn for, wherever the picture is: ours have their widths, and are there. */
const replaced =
  /^(times|helvetica|arial|courier|liberation (serif|sans|mono)|serif|sans|sans-serif|monospace)\b/i;

/** Whether a family is one of the system's own, to be asked for before ours. */
export function isOwnFamily(family: string): boolean {
  const [first] = family.split(',', 1);
  return !replaced.test(first.trim());
}

/** The last choice of a list: what every system has. */
export const genericFamily: Record<ShippedFamily, string> = {
  'Liberation Serif': 'serif',
  'Liberation Sans': 'sans-serif',
  'Liberation Mono': 'monospace',
};

/** Our font where the author named one that it replaces, the author's own before ours otherwise. */
export function cssFamily(family: string): string {
  const ours = shippedFamily(family);
  const choices = `'${ours}', ${genericFamily[ours]}`;
  return isOwnFamily(family) ? `'${family.replace(/['\\]/g, '')}', ${choices}` : choices;
}
