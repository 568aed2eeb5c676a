// What a user does to a picture to see less of it, or more again. A list of them is a value: it can be undone, kept, and done
// again to a file that has changed, since it speaks of nodes and clusters by their names.
import * as v from 'valibot';
import { object, text, variant, wholeNumber } from '../../protocol/schema.ts';

export const mostSteps = 99;

const names = v.array(text(), '% is a list of names');
const steps = wholeNumber(0, mostSteps);

export const operation = variant('kind', [
  object({ kind: v.literal('hide'), nodes: names, clusters: names }),
  /** Shows these nodes and no others. */
  object({ kind: v.literal('keep'), nodes: names }),
  /** Shows what is at most so many edges away from these nodes, whichever way the edges go. */
  object({ kind: v.literal('near'), nodes: names, steps }),
  /** Shows what is at most so many edges away from the nodes to which none lead. */
  object({ kind: v.literal('roots'), steps }),
  /** Shows only so many nodes: those with the most edges. */
  object({ kind: v.literal('connected'), most: wholeNumber(1) }),
  /** Draws a cluster as one node. */
  object({ kind: v.literal('fold'), cluster: text() }),
  /** Hides what only this node leads to. */
  object({ kind: v.literal('collapse'), node: text() }),
  /** Shows the hidden neighbours of a node again. */
  object({ kind: v.literal('reveal'), node: text() }),
]);
export type Operation = v.InferOutput<typeof operation>;
