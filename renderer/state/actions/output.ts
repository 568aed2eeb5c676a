// Taking the picture along: on paper and by the clipboard. As a file it leaves by the export dialog.
import { messageOf } from '../../../shared/errors.ts';
import { pictureOf, pngOf } from '../../graph/picture.ts';
import { printScene } from '../../graph/print.ts';
import type { Viewer } from '../viewer.svelte.ts';
import type { Action } from './action.ts';
import { inBackground } from '../failures.svelte.ts';

export function outputActions(viewer: Viewer) {
  const { document, needsPicture, selection } = viewer;
  const needsView = () =>
    needsPicture() ?? (viewer.visiblePart() ? null : 'Nothing of the picture is in view');

  const png = () => pngOf(pictureOf(selection.scene!));
  const copyText = (format: 'svg' | 'dot') => ({
    title: `Copy the picture as ${format.toUpperCase()}`,
    keys: [],
    disabledReason: needsPicture,
    run: () => {
      const text = document.text(format).then((text) => new Blob([text], { type: 'text/plain' }));
      inBackground(viewer.copyAs({ 'text/plain': text }, `The picture as ${format.toUpperCase()}`));
    },
  });
  return {
    printVisible: {
      title: 'Print what is visible',
      keys: ['P'],
      disabledReason: needsView,
      run: () => {
        printScene(selection.scene!, viewer.visiblePart()).catch(
          (error: unknown) => (document.failure = messageOf(error)),
        );
      },
    },
    copyPicture: {
      title: 'Copy the picture',
      keys: ['Ctrl+c'],
      disabledReason: needsPicture,
      run: () => inBackground(viewer.copyAs({ 'image/png': png() }, 'The picture')),
    },
    copySvg: copyText('svg'),
    copyDot: copyText('dot'),
  } satisfies Record<string, Action>;
}
