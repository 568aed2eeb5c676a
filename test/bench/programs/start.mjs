// The whole of a small program: from nothing to a picture's DOT.
import * as objgraph from '../../../dist/index.js';

const x = [];
const y = [x, [x], { x }];
const show = process.argv[2] === 'showBackrefs' ? objgraph.showBackrefs : objgraph.showRefs;
if (process.argv[2] !== 'nothing')
  show(process.argv[2] === 'showBackrefs' ? [x] : [y], { output: { write() {} } });
