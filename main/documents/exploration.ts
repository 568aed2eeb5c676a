// What the user of a document hides and shows again: its history, and the DOT that is drawn by it.
import {
  distancesOf,
  expanded,
  explore,
  hidden,
  hiddenNeighbours,
  nameOfVertex,
  type View,
} from '../../shared/dot/explore/explore.ts';
import { mostSteps, type Operation } from '../../shared/dot/explore/operation.ts';
import { meanPosition, positionsIn } from '../../shared/dot/explore/positions.ts';
import { stepsTo } from '../../shared/dot/explore/reach.ts';
import { structureOf, type Structure } from '../../shared/dot/explore/structure.ts';
import { writeView } from '../../shared/dot/explore/write-view.ts';
import { readStatements, type DotText } from '../../shared/dot/statements.ts';
import type { WrittenPicture } from '../../shared/dot/write-picture.ts';
import { DotSyntaxError } from '../../shared/dot/tokens.ts';
import { History } from '../../shared/history.ts';
import { nothingHidden, type Expandable, type ExplorationState } from '../../shared/protocol/picture.ts';

export type Operations = readonly Operation[];

/** What was done to a picture. */
export interface Work {
  /** The picture that it has grown to; null as long as it is that of the document. */
  grown: WrittenPicture | null;
  operations: Operations;
}

/** All is shown, and nothing was done. */
export const untouched = new History<Work>({ grown: null, operations: [] });

/** A node that hides something shows it, and another one its hidden neighbours. */
export const expand = (operations: Operations, node: string): Operations =>
  expanded(operations, node) ?? [...operations, { kind: 'reveal', node }];

/** The last operation with other steps; the same ones when it has none. */
export function withSteps(operations: Operations, steps: number): Operations {
  const last = operations.at(-1);
  return hasSteps(last) ? [...operations.slice(0, -1), { ...last, steps }] : operations;
}

const hasSteps = (operation: Operation | undefined): operation is Extract<Operation, { steps: number }> =>
  operation !== undefined && 'steps' in operation;

export interface Explored {
  dot: string;
  state: ExplorationState;
}

/** Reads a text once, however often it is explored. */
export class Explorer {
  #read: { dot: string; text: DotText; structure: Structure } | null = null;

  /**
   * The DOT of what operations leave of a graph: the very text when there are none. A text that is no DOT comes back as it is:
   * Graphviz says what is wrong with it.
   */
  explore(dot: string, history: History<Work>, positioned: boolean): Explored {
    const { canUndo, canRedo } = history;
    const { operations } = history.present;
    const steps = { canUndo, canRedo };
    if (operations.length === 0) return { dot, state: { ...nothingHidden, ...steps } };
    try {
      return this.#explore(dot, operations, positioned, steps);
    } catch (error) {
      if (error instanceof DotSyntaxError) return { dot, state: { ...nothingHidden, ...steps } };
      throw error;
    }
  }

  /**
   * As many steps from the roots of what operations leave as show no more than so many nodes.
   * @throws DotSyntaxError when the text is no DOT
   */
  stepsFromRoots(dot: string, operations: Operations, most: number): number {
    const { structure } = this.#structureOf(dot);
    return Math.min(mostSteps, stepsTo(distancesOf(structure, explore(structure, operations)), most));
  }

  #explore(
    dot: string,
    operations: Operations,
    positioned: boolean,
    steps: Pick<ExplorationState, 'canUndo' | 'canRedo'>,
  ): Explored {
    const { text, structure } = this.#structureOf(dot);
    const view = explore(structure, operations);
    const positions = positioned ? positionsIn(text) : null;
    const positionOf = (nodes: number[]) =>
      positions &&
      meanPosition(
        positions,
        nodes.map((node) => structure.nodes[node]),
      );
    const last = operations.at(-1);
    return {
      dot: writeView(text, structure, view, positionOf),
      state: {
        ...steps,
        nodes: structure.nodes.length,
        hidden: view.standIn.filter((vertex) => vertex === hidden).length,
        steps: hasSteps(last) ? last.steps : null,
        expandable: expandableIn(structure, view),
      },
    };
  }

  #structureOf(dot: string): { text: DotText; structure: Structure } {
    if (this.#read?.dot !== dot) {
      const text = readStatements(dot);
      this.#read = { dot, text, structure: structureOf(text) };
    }
    return this.#read;
  }
}

/** Each node once: a cluster before what was collapsed, that before neighbours. */
function expandableIn(structure: Structure, view: View): Expandable[] {
  const found = new Map<number, Expandable>();
  const note = (vertex: number, what: Expandable['what'], count: number) => {
    if (!found.has(vertex)) found.set(vertex, { name: nameOfVertex(structure, vertex), what, count });
  };
  const folded = new Map<number, number>();
  for (const vertex of view.standIn)
    if (vertex >= structure.nodes.length) folded.set(vertex, (folded.get(vertex) ?? 0) + 1);
  for (const [vertex, count] of folded) note(vertex, 'cluster', count);
  for (const [vertex, count] of view.collapsed) note(vertex, 'descendants', count);
  for (const [vertex, neighbours] of hiddenNeighbours(structure, view))
    note(vertex, 'neighbours', neighbours.size);
  return [...found.values()];
}
