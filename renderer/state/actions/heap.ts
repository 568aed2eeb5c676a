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
  allocations: 'Allocations',
  detached: 'Detached DOM',
};

export function heapActions(workspace: Workspace, viewer: Viewer) {
  const { heap, places, target } = workspace;
  const needsHeap = () => (heap.isRead ? null : 'No snapshot is open');
  const needsTarget = () => (target.isReady ? null : 'Attach to a process first');
  const needsAllocations = () =>
    workspace.knowsAllocations ? null : 'Attach to a process, or open a .heapprofile';
  const needsDom = () => needsHeap() ?? (heap.snapshot?.hasDom ? null : 'This snapshot is of no web page');
  const needs: Partial<Record<HeapView, () => string | null>> = {
    allocations: needsAllocations,
    detached: needsDom,
  };
  const needsObject = () => needsHeap() ?? (places.here.id === null ? 'Select an object first' : null);
  const draw = (title: string, show: (object: ObjectRow) => unknown): Action => ({
    title,
    keys: [],
    disabledReason: needsObject,
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
    summary: 'Suspects, Types, Growth, Dominators, Strings, Allocations, Detached DOM',
    keys: [`Alt+${heapViews.indexOf(name) + 1}`],
    disabledReason: needs[name] ?? needsHeap,
    run: () => {
      places.go({ view: name, type: null });
      inBackground(tick().then(() => workspace.handle.focus()));
    },
  });
  return {
    suspects: view('suspects'),
    types: view('types'),
    growth: view('growth'),
    dominators: view('dominators'),
    strings: view('strings'),
    allocations: view('allocations'),
    detached: view('detached'),
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
      disabledReason: () => (workspace.isOpen ? null : 'There are no tables'),
      run: () => workspace.layout.set('picture', !workspace.pictureOpen),
    },
    toggleObject: {
      get title() {
        return workspace.objectOpen ? 'Close the object pane' : 'Show the object pane';
      },
      summary: 'Object pane',
      keys: ['i'],
      disabledReason: needsHeap,
      run: () => workspace.layout.set('object', !workspace.objectOpen),
    },
    pin: {
      get title() {
        return workspace.isPinned ? 'Unpin the picture' : 'Pin the picture';
      },
      summary: 'Pin the picture',
      keys: [],
      disabledReason: () => (workspace.isOpen ? viewer.needsPicture() : 'There are no tables'),
      run: () => (workspace.isPinned = !workspace.isPinned),
    },
    switchSides: {
      title: 'To the next pane: tables, object, picture',
      keys: ['F6'],
      disabledReason: () => (workspace.isOpen ? null : 'There are no tables'),
      run: () => {
        const { handle } = workspace;
        const focused = handle.focused();
        if (focused === null) handle.focus();
        else if (focused === 'tables' && handle.focusObject()) return;
        else if (workspace.pictureOpen) viewer.handle.focus();
        else handle.focus();
      },
    },
    exportTable: {
      title: 'Export the table',
      keys: ['Ctrl+S'],
      disabledReason: () => needsHeap() ?? (workspace.shownTable ? null : 'There is no table'),
      run: () => (workspace.dialog = 'export'),
    },
    report: {
      title: 'Report on the selected object',
      keys: [],
      disabledReason: needsObject,
      run: () => (workspace.dialog = 'report'),
    },
    attach: {
      title: 'Attach to a process',
      keys: ['a'],
      disabledReason: always,
      run: () => (workspace.dialog = 'attach'),
    },
    takeSnapshot: {
      title: 'Take a snapshot',
      keys: ['s'],
      disabledReason: needsTarget,
      run: () => (workspace.dialog = 'snapshot'),
    },
    record: {
      title: 'Record allocations',
      keys: [],
      disabledReason: () =>
        needsTarget() ??
        (target.state?.isInspectable ? null : 'Allocations are recorded of JavaScript programs only'),
      run: () => (workspace.dialog = 'record'),
    },
    recordLoop: {
      title: 'Record a loop',
      keys: [],
      disabledReason: needsTarget,
      run: workspace.loop.open,
    },
    ask: {
      title: 'Ask the process',
      keys: ['e'],
      disabledReason: needsTarget,
      run: () => workspace.handle.ask(),
    },
    detach: {
      title: 'Detach',
      keys: [],
      disabledReason: needsTarget,
      run: () => inBackground(target.detach()),
    },
  } satisfies Record<string, Action>;
}
