// Whether a picture reads better from left to right or from top to bottom: by the shape that it would have.
import type { Picture, PictureKind, RankDirection } from '../picture/picture.ts';
import { estimatedSize } from './estimated-size.ts';

/** Wider than this, a picture is a ribbon. */
const flattest = 3.2;
/** Sizes are estimates: the other direction has to be so much less flat by them. */
const clearly = 0.8;
/** A title of one line, in points. */
const headingHeight = 28;

const usual: Record<PictureKind, RankDirection> = {
  references: 'LR',
  referrers: 'LR',
  path: 'TB',
  merged: 'LR',
};

/** The direction that the picture has, unless it has none yet, or would be a ribbon. */
export function rankDirectionOf(picture: Picture): RankDirection {
  const wanted = picture.rankDirection ?? usual[picture.kind];
  const other = wanted === 'LR' ? 'TB' : 'LR';
  const [now, then] = [aspectOf(picture, wanted), aspectOf(picture, other)];
  if (now <= flattest) return wanted;
  return then < clearly * now ? other : wanted;
}

/** Width by height of the whole picture, roughly. */
export function aspectOf(picture: Picture, direction: RankDirection): number {
  const { width, height } = estimatedSize(picture, direction);
  return width / (height + headingHeight);
}
