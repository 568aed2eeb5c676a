// Exploring a picture: what its user hides and shows again, and the views that they want to come back to.
import * as v from 'valibot';
import { mostSteps, operation } from '../dot/explore/operation.ts';
import { acknowledged, nothing, object, text, wholeNumber } from './schema.ts';

/** A node of the picture behind which something is hidden. */
const expandable = v.object({
  name: v.string(),
  /** It represents a cluster; it was collapsed; or it has neighbours that are not shown. */
  what: v.picklist(['cluster', 'descendants', 'neighbours']),
  /** How many nodes. */
  count: v.number(),
});
export type Expandable = v.InferOutput<typeof expandable>;

/** What exploring has left of the graph. */
export const explorationState = v.object({
  canUndo: v.boolean(),
  canRedo: v.boolean(),
  /** How many nodes the graph has, and how many of them are not shown. */
  nodes: v.number(),
  hidden: v.number(),
  /** The steps of the last operation, when it was `near` or `roots`: they can be made more or fewer. */
  steps: v.nullable(v.number()),
  expandable: v.array(expandable),
});
export type ExplorationState = v.InferOutput<typeof explorationState>;

export const nothingHidden: ExplorationState = {
  canUndo: false,
  canRedo: false,
  nodes: 0,
  hidden: 0,
  steps: null,
  expandable: [],
};

/** No name of a node is longer. */
const maxNameLength = 2 ** 20;

/** What the page can ask; the new picture comes as a change of the document. */
export const pictureRequests = {
  'picture.explore': acknowledged(object({ operation })),
  /** Show what is hidden behind a node: see `Expandable`. */
  'picture.expand': acknowledged(object({ node: text(maxNameLength) })),
  /** Another number of steps for the last operation, when that was `near` or `roots`. */
  'picture.steps': acknowledged(object({ steps: wholeNumber(0, mostSteps) })),
  'picture.showAll': acknowledged(nothing),
  'picture.undo': acknowledged(nothing),
  'picture.redo': acknowledged(nothing),
};
