// The analyses of a heap in the order in which a reader needs them, step by step: between two steps there is time to
// answer a request, and to give up.
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { HeapAnalysisName } from '../../shared/protocol/heap.ts';

export interface AnalysisStep {
  /** In words: what a progress bar says. */
  task: string;
  run(analysis: HeapAnalysis): unknown;
}

export interface AnalysisPlan {
  /** What must be there before. */
  after: HeapAnalysisName | null;
  steps: AnalysisStep[];
}

/** Suspects need the earlier snapshots as well: see suspect-rows.ts. */
export const analysisPlans: Record<HeapAnalysisName, AnalysisPlan> = {
  counts: {
    after: null,
    steps: [
      { task: 'Measuring objects', run: (analysis) => analysis.shallowSizes },
      { task: 'Sorting objects by class', run: (analysis) => analysis.classes },
      { task: 'Counting objects', run: (analysis) => analysis.classCounts },
    ],
  },
  retainedSizes: {
    after: 'counts',
    steps: [
      { task: 'Measuring distances', run: (analysis) => analysis.distances },
      { task: 'Finding dominators', run: (analysis) => analysis.dominatorTree },
      { task: 'Adding up retained sizes', run: (analysis) => analysis.retainedSizes },
      { task: 'Adding up classes', run: (analysis) => analysis.histogram },
    ],
  },
  dominators: {
    after: 'retainedSizes',
    steps: [
      { task: 'Sorting the dominator tree', run: (analysis) => analysis.dominatorChildren },
      { task: 'Finding modules', run: (analysis) => analysis.objects },
    ],
  },
  strings: {
    after: 'counts',
    steps: [{ task: 'Comparing strings', run: (analysis) => analysis.duplicateStrings }],
  },
  suspects: {
    after: 'dominators',
    // What the other views and an object that is selected need, so that none of them waits.
    steps: [
      { task: 'Finding retainers', run: (analysis) => analysis.retainers },
      { task: 'Finding whose objects are', run: (analysis) => analysis.owners },
      { task: 'Adding up packages', run: (analysis) => analysis.sources('package') },
      { task: 'Adding up files', run: (analysis) => analysis.sources('file') },
    ],
  },
};
