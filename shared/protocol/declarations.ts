// Every request and event of the protocol: name, parameters, result. Types, checks and lists are made of these.
import * as v from 'valibot';
import { menuActionRun } from './actions.ts';
import { allocationRequests, allocationsState } from './allocations.ts';
import { bookmarkRequests } from './bookmarks.ts';
import { documentChange, documentRequests, scenePart } from './document.ts';
import { heapRequests, heapState } from './heap.ts';
import { pictureRequests } from './picture.ts';
import { attachedState, memorySample, targetRequests } from './targets.ts';
import { windowRequests } from './window.ts';

/** What the renderer can ask for. */
export const requests = {
  ...documentRequests,
  ...pictureRequests,
  ...bookmarkRequests,
  ...windowRequests,
  ...heapRequests,
  ...targetRequests,
  ...allocationRequests,
};

/** What main reports without being asked. */
export const events = {
  /** A part of the next scene, which a change or an answer brings. */
  'scene.part': scenePart,
  'document.changed': documentChange,
  'heap.changed': v.nullable(heapState),
  'target.changed': v.nullable(attachedState),
  'target.sampled': memorySample,
  'allocations.changed': v.nullable(allocationsState),
  'action.run': menuActionRun,
  /** An error of the viewer itself, in words for its user; every window shows it. */
  'viewer.fault': v.object({ message: v.string() }),
};
