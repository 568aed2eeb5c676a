/**
 * Pictures of the objects in a live Node process, and of what keeps them in memory: Python's objgraph, for JavaScript.
 *
 * All functions are synchronous, so that they work at a REPL, at a breakpoint and in an exit handler.
 *
 * @packageDocumentation
 */
export { byType, count, mostCommonTypes, typestats } from './census.ts';
export type { CensusOptions, TypeCount } from './census.ts';
export { liveObjects } from './population.ts';
export { growth } from './growth.ts';
export type { GrowthOptions, TypeGrowth } from './growth.ts';
export { showGrowth, showMostCommonTypes } from './tables.ts';
export type { Output } from './tables.ts';
export { at, atAddrs, getLeakingObjects, getNewIds, id } from './ids.ts';
export type { NewIdsOptions } from './ids.ts';
export { forgetIds } from './session.ts';
export { findBackrefChain, findRefChain, isProperModule } from './chains.ts';
export type { ChainSearch, Predicate } from './chains.ts';
export { showBackrefs, showChain, showRefs } from './show.ts';
export type { ShowOptions } from './show.ts';
export type { MergeOptions } from './show-merged.ts';
export { HeapAnalysis } from '../heap/analysis.ts';
export type { Destination } from './present.ts';
export { HeapNode } from './heap-node.ts';
export { openSnapshot, Snapshot, takeSnapshot } from './snapshot.ts';
export { HeapGraph } from '../heap/heap-graph.ts';
export { SnapshotError } from '../heap/snapshot-error.ts';
export * from './aliases.ts';
