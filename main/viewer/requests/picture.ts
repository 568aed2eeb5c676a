// Requests about what is shown of a graph.
import { mostSteps, readOperation } from '../../../shared/dot/explore/operation.ts';
import type { PictureRequests } from '../../../shared/protocol/picture.ts';
import type { GraphDocument } from '../../documents/document.ts';
import { acknowledge, textIn, valueIn, wholeNumberIn, type Handlers } from './params.ts';

/** No name of a node is longer. */
const longestName = 2 ** 20;

export function pictureRequests(document: GraphDocument): Handlers<PictureRequests> {
  return {
    'picture.explore': (params) =>
      acknowledge(document.explore(readOperation(valueIn(params, 'operation'))), document.fail),
    'picture.expand': (params) =>
      acknowledge(document.expand(textIn(params, 'node', longestName)), document.fail),
    'picture.steps': (params) =>
      acknowledge(document.setSteps(wholeNumberIn(params, 'steps', 0, mostSteps)), document.fail),
    'picture.showAll': () => acknowledge(document.showAll(), document.fail),
    'picture.undo': () => acknowledge(document.undo(), document.fail),
    'picture.redo': () => acknowledge(document.redo(), document.fail),
  };
}
