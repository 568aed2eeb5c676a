// Fonts of a scene as the canvas takes them.
import { genericFamily, isOwnFamily, shippedFamily } from '../../shared/fonts.ts';
import type { Font } from '../../shared/scene/scene.ts';

/** Our font where the author named one that it replaces, the author's own before ours otherwise. */
function cssFamily(family: string): string {
  const ours = shippedFamily(family);
  const choices = `'${ours}', ${genericFamily[ours]}`;
  return isOwnFamily(family) ? `'${family.replace(/['\\]/g, '')}', ${choices}` : choices;
}

/** For `context.font`, in units of the scene. */
export const cssFont = ({ family, bold, italic }: Font, size: number) =>
  `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px ${cssFamily(family)}`;
