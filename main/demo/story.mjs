// The example of the README as a running program: what refers to what, which objects are many, which grew, and what
// keeps them. Every line of code is printed before it runs, from the very function that runs.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as objgraph from '../index.js';
import { computateSomething } from './service.mjs';

// Pictures go where the caller wants them, or into a folder of their own.
const [wanted] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folder = wanted ?? mkdtempSync(join(tmpdir(), 'objgraph-demo-'));
const picture = (name) => join(folder, name);

const say = (text) => console.log(`\n${text}`);
const run = (step) => {
  const code = step.toString().replace(/^\(\) =>\s*/, '');
  console.log(`> ${code}`);
  return step();
};

const x = [];
const y = [x, [x], { x }];

say('What does y refer to, when  const x = []; const y = [x, [x], { x }]  ?');
run(() => objgraph.showRefs([y], { filename: picture('sample-graph.png') }));

say('And what refers to x?');
run(() => objgraph.showBackrefs([x], { filename: picture('sample-backref-graph.png') }));

say('Which objects are there most of?');
run(() => objgraph.showMostCommonTypes({ limit: 5 }));

say('The first look at growth sets the mark:');
run(() => objgraph.showGrowth({ limit: 3 }));

say('The service does its work, and something stays behind:');
run(() => computateSomething());
run(() => objgraph.showGrowth());

say('Nobody should hold a MyBigFatObject. Who does?');
const chain = run(() =>
  objgraph.findBackrefChain(objgraph.byType('MyBigFatObject')[0], objgraph.isProperModule),
);
for (const node of chain) console.log(`  ${node}${node.edge === undefined ? '' : `  —${node.edge}→`}`);
run(() => objgraph.showChain(chain, { filename: picture('chain.png') }));
run(() =>
  objgraph.showBackrefs(objgraph.byType('MyBigFatObject'), {
    filename: picture('backrefs.svg'),
    maxDepth: 5,
  }),
);

say(`The pictures are in ${folder}.`);
