/** Graphviz's layout programs. */
export const engines = ['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo', 'osage', 'patchwork'] as const;
export type Engine = (typeof engines)[number];
