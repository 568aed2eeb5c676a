// Seeing less of a picture, or more of it again.
import type { Highlight } from '../../graph/highlight.ts';
import type { Viewer } from '../viewer.svelte.ts';
import type { Action } from './action.ts';

const count = (n: number, one: string) => `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`;

export function exploreActions(viewer: Viewer) {
  const { exploring, selection } = viewer;
  const needsNode = () => (selection.nodes.length > 0 ? null : 'Select a node first');
  const needsPlace = () =>
    selection.nodes.length + selection.clusters.length > 0 ? null : 'Select a node or a cluster first';
  const needsOne = () => needsPlace() ?? (selection.targets.length === 1 ? null : 'Select only one');
  const needsDirection = () =>
    needsNode() ?? (selection.scene?.directed ? null : 'The edges of this graph have no direction');
  const needsTwo = () => (selection.nodes.length === 2 ? null : 'Select two nodes: the second one with Ctrl');

  const announce = ({ nodes }: Highlight, verb: string, where: string) => {
    const others = nodes.length - selection.nodes.length;
    viewer.notice = `${count(others, 'node')} ${others === 1 ? `${verb}s` : verb} ${where}`;
  };
  const findPath = () => {
    const path = exploring.findPath();
    const ways = { along: '', against: ', against the edges', across: ', whichever way the edges go' };
    viewer.notice = path
      ? `${count(path.edges.length, 'edge')} between them${ways[path.goes]}`
      : 'No path between them';
    return path;
  };

  return {
    hide: { title: 'Hide', keys: ['h', 'Delete'], disabledReason: needsPlace, run: exploring.hide },
    keep: {
      title: 'Show only what is selected',
      keys: ['k'],
      disabledReason: needsNode,
      run: exploring.keepSelected,
    },
    collapse: {
      get title() {
        return selection.selected?.kind === 'cluster' ? 'Collapse to one node' : 'Collapse descendants';
      },
      summary: 'Collapse',
      keys: ['c'],
      disabledReason: needsOne,
      run: exploring.collapse,
    },
    expand: {
      get title() {
        const { expandable } = exploring;
        if (!expandable) return 'Expand';
        const what = { cluster: 'node', descendants: 'hidden node', neighbours: 'hidden neighbour' };
        return `Expand: show ${count(expandable.count, what[expandable.what])}`;
      },
      summary: 'Expand',
      keys: ['x'],
      disabledReason: () => needsOne() ?? (exploring.expandable ? null : 'Nothing is hidden behind it'),
      run: () => exploring.expand(),
    },
    near: {
      get title() {
        return `Show only what is within ${count(exploring.steps, 'step')}`;
      },
      summary: 'Show only what is near',
      keys: ['n'],
      disabledReason: needsNode,
      run: exploring.showNear,
    },
    moreSteps: {
      title: 'One step more',
      keys: [']'],
      disabledReason: viewer.needsPicture,
      run: () => exploring.changeSteps(1),
    },
    fewerSteps: {
      title: 'One step less',
      keys: ['['],
      disabledReason: () => viewer.needsPicture() ?? (exploring.steps > 1 ? null : 'One step is the minimum'),
      run: () => exploring.changeSteps(-1),
    },
    upstream: {
      title: 'Highlight ancestors',
      keys: ['u'],
      disabledReason: needsDirection,
      run: () => announce(exploring.follow('up'), 'lead', 'to it'),
    },
    downstream: {
      title: 'Highlight descendants',
      keys: ['d'],
      disabledReason: needsDirection,
      run: () => announce(exploring.follow('down'), 'come', 'after it'),
    },
    keepUpstream: {
      title: 'Show only what leads to it',
      keys: ['U'],
      disabledReason: needsDirection,
      run: () => exploring.keepStream('up'),
    },
    keepDownstream: {
      title: 'Show only what it leads to',
      keys: ['D'],
      disabledReason: needsDirection,
      run: () => exploring.keepStream('down'),
    },
    path: {
      title: 'Shortest path between the two',
      keys: ['j'],
      disabledReason: needsTwo,
      run: () => void findPath(),
    },
    keepPath: {
      title: 'Show only the shortest path',
      keys: ['J'],
      disabledReason: needsTwo,
      run: () => {
        if (findPath()) exploring.keepTrail();
      },
    },
    mark: {
      title: 'Keep it selected, and select more',
      keys: ['Ctrl+ '],
      disabledReason: needsPlace,
      run: () => selection.toggleKept(),
    },
    undo: {
      title: 'Undo',
      keys: ['Ctrl+z'],
      disabledReason: () => (exploring.state.canUndo ? null : 'Nothing to undo'),
      run: exploring.undo,
    },
    redo: {
      title: 'Redo',
      keys: ['Ctrl+Z', 'Ctrl+y'],
      disabledReason: () => (exploring.state.canRedo ? null : 'Nothing to redo'),
      run: exploring.redo,
    },
    showAll: {
      title: 'Show everything',
      keys: ['X'],
      disabledReason: () => (exploring.state.nodes > 0 ? null : 'Everything is shown'),
      run: exploring.showAll,
    },
  } satisfies Record<string, Action>;
}
