// The fonts that ship with objgraph, for the families that Graphviz knows by name. They are as wide as the fonts that
// Graphviz's own estimates stand for, so text fits the boxes it was laid out in.
import type { Font } from '../../shared/scene/scene.ts';

const sans = /helvetica|arial|sans|verdana|tahoma|segoe|roboto|inter|dejavu|ubuntu|system-ui/i;
const mono = /courier|mono|consol|menlo|code/i;
const serif = /^times|^serif|roman|georgia|liberation serif/i;

/** A CSS font family: ours where the author named one that it stands for, the author's own before ours otherwise. */
function cssFamily(family: string): string {
  if (serif.test(family)) return "'Liberation Serif'";
  const ours = mono.test(family)
    ? "'Liberation Mono', monospace"
    : sans.test(family)
      ? "'Liberation Sans', sans-serif"
      : "'Liberation Serif', serif";
  return /helvetica|arial|courier/i.test(family) ? ours : `'${family.replace(/['\\]/g, '')}', ${ours}`;
}

/** For `context.font`, in units of the scene. */
export const cssFont = ({ family, bold, italic }: Font, size: number) =>
  `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px ${cssFamily(family)}`;
