import type { LeakReport } from '../../main/pages/find-leaks.ts';

export interface CataloguePage {
  kind: 'leaking' | 'healthy';
  name: string;
  file: string;
  /** Null where nothing leaks. */
  truth: RegExp | null;
}

export function listPages(): CataloguePage[];
export function htmlOf(page: CataloguePage): Promise<string>;
export function grade(page: CataloguePage, report: Pick<LeakReport, 'leaks'>): string;
