// Looking inside: the heap's views, the selected object, and the process it is of.
import { tick } from 'svelte';
import type { ObjectRow } from '../../../shared/protocol/heap.ts';
import { heapViews, type HeapView } from '../heap-places.svelte.ts';
import type { Viewer } from '../viewer.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { always, type Action } from './action.ts';
import { inBackground } from '../failures.svelte.ts';

const titles: Record<HeapView, string> = {
  suspects: 'Suspects',
  types: 'Types',
  growth: 'Growth',
  dominators: 'Dominators',
  strings: 'Strings',
};

export function heapActions(workspace: Workspace, viewer: Viewer) {
  const { heap, places, target } = workspace;
  const needsHeap = () => (heap.isRead ? null : 'No snapshot is open');
  const needsTarget = () => (target.isReady ? null : 'Attach to a process first');
  const needsObject = () => needsHeap() ?? (places.here.id === null ? 'Select an object first' : null);
  const draw = (title: string, show: (object: ObjectRow) => unknown): Action => ({
    title,
    keys: [],
    hindrance: needsObject,
    run: () =>
      inBackground(
        heap.ask(async () => {
          const object = await heap.request('heap.object', { snapshot: heap.shown, id: places.here.id! });
          if (object) await show(object);
        }),
      ),
  });
  const view = (name: HeapView): Action => ({
    title: titles[name],
    summary: 'Suspects, Types, Growth, Dominators, Strings',
    keys: [`Alt+${heapViews.indexOf(name) + 1}`],
    hindrance: needsHeap,
    run: () => {
      places.go({ view: name, type: null });
      void tick().then(() => workspace.stand.focus());
    },
  });
  return {
    suspects: view('suspects'),
    types: view('types'),
    growth: view('growth'),
    dominators: view('dominators'),
    strings: view('strings'),
    showReferences: draw('Show references', workspace.drawReferences),
    showReferrers: draw('Show back references', workspace.drawReferrers),
    showPath: draw('Show path to root', workspace.drawPath),
    showMerged: draw('Show merged back references', workspace.drawMerged),
    togglePicture: {
      get title() {
        return workspace.pictureOpen ? 'Close the picture pane' : 'Show the picture pane';
      },
      summary: 'Picture pane',
      keys: [],
      hindrance: () => (workspace.isOpen ? null : 'There are no tables'),
      run: () => workspace.layout.set('picture', !workspace.pictureOpen),
    },
    toggleObject: {
      get title() {
        return workspace.objectOpen ? 'Close the object pane' : 'Show the object pane';
      },
      summary: 'Object pane',
      keys: ['i'],
      hindrance: needsHeap,
      run: () => workspace.layout.set('object', !workspace.objectOpen),
    },
    pin: {
      get title() {
        return workspace.isPinned ? 'Unpin the picture' : 'Pin the picture';
      },
      summary: 'Pin the picture',
      keys: [],
      hindrance: () => (workspace.isOpen ? viewer.needsPicture() : 'There are no tables'),
      run: () => (workspace.isPinned = !workspace.isPinned),
    },
    switchSides: {
      title: 'To the next pane: tables, object, picture',
      keys: ['F6'],
      hindrance: () => (workspace.isOpen ? null : 'There are no tables'),
      run: () => {
        const { stand } = workspace;
        const focused = stand.focused();
        if (focused === null) stand.focus();
        else if (focused === 'tables' && stand.focusObject()) return;
        else if (workspace.pictureOpen) viewer.stand.focus();
        else stand.focus();
      },
    },
    exportTable: {
      title: 'Export the table',
      keys: ['Ctrl+S'],
      hindrance: () => needsHeap() ?? (workspace.shownTable ? null : 'There is no table'),
      run: () => (workspace.dialog = 'export'),
    },
    report: {
      title: 'Report on the selected object',
      keys: [],
      hindrance: needsObject,
      run: () => (workspace.dialog = 'report'),
    },
    attach: {
      title: 'Attach to a process',
      keys: ['a'],
      hindrance: always,
      run: () => (workspace.dialog = 'attach'),
    },
    takeSnapshot: {
      title: 'Take a snapshot',
      keys: ['s'],
      hindrance: needsTarget,
      run: () => (workspace.dialog = 'snapshot'),
    },
    ask: {
      title: 'Ask the process',
      keys: ['e'],
      hindrance: needsTarget,
      run: () => workspace.stand.ask(),
    },
    detach: { title: 'Detach', keys: [], hindrance: needsTarget, run: () => inBackground(target.detach()) },
  } satisfies Record<string, Action>;
}
