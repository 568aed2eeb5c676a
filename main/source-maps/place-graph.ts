// A heap graph whose places are the authors', where a source map has them.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { scriptNames } from '../../shared/heap/scripts.ts';
import type { ScopeReader } from '../../shared/source-maps/scope-reader.ts';
import { SourceMaps, type ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { debug } from '../debug.ts';
import { mapFolders } from './settings.ts';

/**
 * From now on the graph's places are the authors': each map is read when it is first needed.
 * @param readScopes null where no names of variables are wanted
 * @param warn receives a sentence about each map that cannot be used
 */
export function placeBySourceMaps(
  graph: HeapGraph,
  records: readonly ScriptRecord[],
  readScopes: ScopeReader | null,
  warn: (sentence: string) => void = () => {},
): void {
  if (graph.language.name === 'python') return;
  graph.places = new SourceMaps(
    () => scriptNames(graph),
    records,
    mapFolders(),
    warn,
    (sentence) => debug('source maps', sentence),
    readScopes,
  );
}
