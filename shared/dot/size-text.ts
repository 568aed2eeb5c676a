// The size in the head of a card. In a picture whose sizes come later, each has the same room before and afterwards.
import { inBytes } from '../quantities.ts';

/** As wide as sizes usually get. */
export const roomySize = '999.9 kB';
/** Points of that room, in the font of the sizes, with the padding of its cell. */
export const roomForSize = 48;

/** `1.2 kB`; empty where it is not known. */
export const sizeTextOf = (size: number | null): string => (size === null ? '' : inBytes(size));
