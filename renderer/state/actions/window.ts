// Files, panels, and the window itself.
import type { Theme } from '../layout.svelte.ts';
import type { Viewer } from '../viewer.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { always, type Action } from './action.ts';
import { inBackground } from '../failures.svelte.ts';

export function windowActions(viewer: Viewer, { layout }: Workspace) {
  const { document, needsPicture } = viewer;
  const theme = (name: Theme, title: string): Action => ({
    title: `Theme: ${title}`,
    summary: 'Theme',
    keys: [],
    hindrance: () => (layout.theme === name ? 'It is the theme now' : null),
    run: () => layout.set('theme', name),
  });
  return {
    open: {
      title: 'Open a file',
      keys: ['Ctrl+o'],
      hindrance: always,
      run: () => inBackground(viewer.open()),
    },
    reload: {
      title: 'Reload',
      keys: ['r'],
      hindrance: () => (document.state.path ? null : 'The picture has no file'),
      run: () => inBackground(document.reload()),
    },
    find: { title: 'Find', keys: ['f', 'Ctrl+f', '/'], hindrance: needsPicture, run: viewer.find },
    export: {
      title: 'Export',
      keys: ['Ctrl+s'],
      hindrance: needsPicture,
      run: () => (viewer.dialog = 'export'),
    },
    print: { title: 'Print', keys: ['p', 'Ctrl+p'], hindrance: needsPicture, run: viewer.print },
    outline: {
      title: 'Outline',
      keys: ['o'],
      hindrance: needsPicture,
      run: () => (viewer.outlineOpen = !viewer.outlineOpen),
    },
    toolbar: {
      title: 'Toolbar',
      keys: ['t'],
      hindrance: always,
      run: () => (viewer.toolbarShown = !viewer.toolbarShown),
    },
    palette: {
      title: 'All actions',
      keys: ['Ctrl+k', 'Ctrl+P', 'F1'],
      hindrance: always,
      run: () => (viewer.dialog = 'palette'),
    },
    help: {
      title: 'Keyboard and mouse',
      keys: ['?'],
      hindrance: always,
      run: () => (viewer.dialog = viewer.dialog === 'help' ? null : 'help'),
    },
    themeSystem: theme('system', 'as the system'),
    themeLight: theme('light', 'light'),
    themeDark: theme('dark', 'dark'),
    escape: { title: 'Cancel / clear selection', keys: ['Escape'], hindrance: always, run: viewer.escape },
    close: {
      title: 'Close the window',
      keys: ['q'],
      hindrance: always,
      run: () => inBackground(document.close()),
    },
  } satisfies Record<string, Action>;
}
