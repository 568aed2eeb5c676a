// Requests about what is shown of a graph.
import type { pictureRequests as declared } from '../../../shared/protocol/picture.ts';
import type { GraphDocument } from '../../documents/document.ts';
import { acknowledge, type Handlers } from './params.ts';

export function pictureRequests(document: GraphDocument): Handlers<typeof declared> {
  const { fail } = document;
  return {
    'picture.explore': ({ operation }) => acknowledge(document.explore(operation), fail),
    'picture.expand': ({ node }) => acknowledge(document.expand(node), fail),
    'picture.steps': ({ steps }) => acknowledge(document.setSteps(steps), fail),
    'picture.showAll': () => acknowledge(document.showAll(), fail),
    'picture.undo': () => acknowledge(document.undo(), fail),
    'picture.redo': () => acknowledge(document.redo(), fail),
  };
}
