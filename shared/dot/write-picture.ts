// A picture of a heap as DOT, in the style that it has.
import type { Picture } from '../picture/picture.ts';
import { rankDirectionOf } from './rank-direction.ts';
import { writeCards } from './write-cards.ts';
import { writeClassic } from './write.ts';

/** A picture and the DOT text that is written of it. */
export interface WrittenPicture {
  picture: Picture;
  dot: string;
}

export function writePicture(picture: Picture): WrittenPicture {
  if (picture.style === 'classic') return { picture, dot: writeClassic(picture) };
  const ranked = { ...picture, rankDirection: rankDirectionOf(picture) };
  return { picture: ranked, dot: writeCards(ranked) };
}
