// Requests about what is shown of a graph.
import { mostSteps, readOperation } from '../../../shared/dot/explore/operation.ts';
import type { PictureRequests } from '../../../shared/protocol/picture.ts';
import type { GraphDocument } from '../../documents/document.ts';
import { heard, textIn, valueIn, wholeNumberIn, type Handlers } from './params.ts';

/** No name of a node is longer. */
const longestName = 2 ** 20;

export function pictureRequests(document: GraphDocument): Handlers<PictureRequests> {
  return {
    'picture.explore': (params) => heard(document.explore(readOperation(valueIn(params, 'operation')))),
    'picture.expand': (params) => heard(document.expand(textIn(params, 'node', longestName))),
    'picture.steps': (params) => heard(document.setSteps(wholeNumberIn(params, 'steps', 0, mostSteps))),
    'picture.showAll': () => heard(document.showAll()),
    'picture.undo': () => heard(document.undo()),
    'picture.redo': () => heard(document.redo()),
  };
}
