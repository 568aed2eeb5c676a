// The fonts that we ship, for the families that a picture names: the metrics of Liberation are those of Times, Helvetica and
// Courier, by which Graphviz lays out.

export const serif = 'Liberation Serif';

export function withShippedFonts(svg: string): string {
  return svg.replace(
    /font-family="([^"]*)"/g,
    (_whole, families: string) => `font-family="${shippedFamily(families)}"`,
  );
}

export function shippedFamily(families: string): string {
  if (/mono|courier|consol|menlo|typewriter|\bcode\b|fixed/i.test(families)) return 'Liberation Mono';
  if (/sans|helvetica|arial|verdana|tahoma|segoe|calibri|roboto|inter|ubuntu|system-ui/i.test(families)) {
    return 'Liberation Sans';
  }
  return serif;
}
