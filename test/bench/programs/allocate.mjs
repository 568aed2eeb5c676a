// How fast a program allocates, before and after questions to the heap; prints the rates (objects a millisecond) as JSON.
import * as objgraph from '../../../dist/index.js';

const nowhere = { write() {} };

function rate() {
  const kept = new Array(1000);
  const start = performance.now();
  for (let i = 0; i < 3_000_000; i++) kept[i % 1000] = { i, half: [i] };
  return 3_000_000 / (performance.now() - start);
}

const best = () => Math.max(rate(), rate(), rate());
best();
const before = best();
objgraph.showRefs([{}], { output: nowhere });
const afterPicture = best();
objgraph.typestats();
const afterCount = best();
objgraph.id({});
const whileKeepingIds = best();
objgraph.forgetIds();
const afterForgetting = best();
console.log(JSON.stringify({ before, afterPicture, afterCount, whileKeepingIds, afterForgetting }));
