// Exploring a picture: what its user hides and shows again, and the views that they want to come back to.
import type { Operation } from '../dot/explore/operation.ts';

/** What exploring has left of the graph. */
export interface ExplorationState {
  canUndo: boolean;
  canRedo: boolean;
  /** How many nodes the graph has, and how many of them are not shown. */
  nodes: number;
  hidden: number;
  /** The steps of the last operation, when it was `near` or `roots`: they can be made more or fewer. */
  steps: number | null;
  expandable: Expandable[];
}

/** A node of the picture behind which something is hidden. */
export interface Expandable {
  name: string;
  /** It stands for a cluster; it was collapsed; or it has neighbours that are not shown. */
  what: 'cluster' | 'descendants' | 'neighbours';
  /** So many nodes. */
  count: number;
}

export const nothingHidden: ExplorationState = {
  canUndo: false,
  canRedo: false,
  nodes: 0,
  hidden: 0,
  steps: null,
  expandable: [],
};

/** What the page can ask; the new picture comes as a change of the document. */
export interface PictureRequests {
  'picture.explore': { params: { operation: Operation }; result: null };
  /** Show what is hidden behind a node: see `Expandable`. */
  'picture.expand': { params: { node: string }; result: null };
  /** Another number of steps for the last operation, when that was `near` or `roots`. */
  'picture.steps': { params: { steps: number }; result: null };
  'picture.showAll': { params: null; result: null };
  'picture.undo': { params: null; result: null };
  'picture.redo': { params: null; result: null };
}
