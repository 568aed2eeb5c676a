// Fonts of a scene as the canvas takes them.
import { cssFamily } from '../../shared/fonts.ts';
import type { Font } from '../../shared/scene/scene.ts';

/** For `context.font`, in units of the scene. */
export const cssFont = ({ family, bold, italic }: Font, size: number) =>
  `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px ${cssFamily(family)}`;
