// Every node and every class of a snapshot against Chrome DevTools' own code; prints how many figures differ, as JSON.
// Usage: node compare-with-devtools.mjs FILE BUNDLE
import { openSnapshot } from '../../../dist/index.js';
import { textOf } from './text-of.mjs';

const [file, bundle] = process.argv.slice(2);

const { load } = await import(bundle);
const theirs = await load(textOf(file));
// Plain objects are one class, not guessed interfaces such as `{name, age}`.
theirs.applyInterfaceDefinitions([]);
const { heap, analysis } = openSnapshot(file);

/** How many of our figures are not those of DevTools. */
function differences(ours, theirsOf) {
  let found = 0;
  for (let node = 0; node < heap.nodeCount; node++) if (ours[node] !== theirsOf(node)) found++;
  return found;
}

/** Per class as DevTools calls it, its figures. */
function ourClasses() {
  const { counts, shallowSizes, retainedSizes, distances } = analysis.histogram;
  const rows = analysis.classes.list.map(({ name, location }, index) => {
    const place = location ? `${location.scriptId},${location.line - 1},${location.column - 1}` : '';
    return [`${place},${name}`, counts[index], shallowSizes[index], retainedSizes[index], distances[index]];
  });
  return new Map(rows.filter(([, count]) => count > 0).map(([key, ...figures]) => [key, figures.join(' ')]));
}

function differentClasses() {
  const ours = ourClasses();
  const aggregates = Object.entries(theirs.getAggregatesByClassKey(false, 'allObjects'));
  const different = aggregates.filter(
    ([key, { count, self, maxRet, distance }]) => ours.get(key) !== [count, self, maxRet, distance].join(' '),
  );
  return different.length + Math.max(0, ours.size - aggregates.length);
}

const rowOf = (node) => theirs.createNode(node * theirs.nodeFieldCount);
const result = {
  nodes: heap.nodeCount,
  different: {
    nodes: Math.abs(theirs.nodeCount - heap.nodeCount),
    retained: differences(analysis.retainedSizes, (node) => theirs.retainedSizes[node]),
    shallow: differences(analysis.shallowSizes, (node) => rowOf(node).selfSize()),
    distance: differences(analysis.distances.distances, (node) => theirs.nodeDistances[node]),
    dominator: differences(analysis.dominatorTree.dominators, (node) => theirs.dominatorsTree[node]),
    classes: differentClasses(),
  },
};
console.log(`\n${JSON.stringify(result)}`);
process.exit();
