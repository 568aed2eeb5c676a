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
    disabledReason: () => (layout.theme === name ? 'This theme is on already' : null),
    run: () => layout.set('theme', name),
  });
  return {
    open: {
      title: 'Open a file',
      keys: ['Ctrl+o'],
      disabledReason: always,
      run: () => inBackground(viewer.open()),
    },
    reload: {
      title: 'Reload',
      keys: ['r'],
      disabledReason: () => (document.state.path ? null : 'The picture has no file'),
      run: () => inBackground(document.reload()),
    },
    find: { title: 'Find', keys: ['f', 'Ctrl+f', '/'], disabledReason: needsPicture, run: viewer.find },
    export: {
      title: 'Export',
      keys: ['Ctrl+s'],
      disabledReason: needsPicture,
      run: () => (viewer.dialog = 'export'),
    },
    print: { title: 'Print', keys: ['p', 'Ctrl+p'], disabledReason: needsPicture, run: viewer.print },
    outline: {
      title: 'Outline',
      keys: ['o'],
      disabledReason: needsPicture,
      run: () => (viewer.outlineOpen = !viewer.outlineOpen),
    },
    toolbar: {
      title: 'Toolbar',
      keys: ['t'],
      disabledReason: always,
      run: () => (viewer.toolbarShown = !viewer.toolbarShown),
    },
    palette: {
      title: 'All actions',
      keys: ['Ctrl+k', 'Ctrl+P', 'F1'],
      disabledReason: always,
      run: () => (viewer.dialog = 'palette'),
    },
    help: {
      title: 'Keyboard and mouse',
      keys: ['?'],
      disabledReason: always,
      run: () => (viewer.dialog = viewer.dialog === 'help' ? null : 'help'),
    },
    themeSystem: theme('system', 'as the system'),
    themeLight: theme('light', 'light'),
    themeDark: theme('dark', 'dark'),
    escape: {
      title: 'Cancel / clear selection',
      keys: ['Escape'],
      disabledReason: always,
      run: viewer.escape,
    },
    close: {
      title: 'Close the window',
      keys: ['q'],
      disabledReason: always,
      run: () => inBackground(document.close()),
    },
  } satisfies Record<string, Action>;
}
