// Puts one question to a heap of a given size; prints how long it took and the process's peak memory, as JSON.
// Usage: node ask.mjs QUESTION USERS
import v8 from 'node:v8';
import * as objgraph from '../../../dist/index.js';
import { fill } from './heap.mjs';

const [question, users] = process.argv.slice(2);
const all = fill(Number(users));
const nowhere = { write() {} };
const x = [];
const y = [x, [x], { x }];

const questions = {
  // What V8 does for any snapshot, no matter what reads it.
  v8() {
    const stream = v8.getHeapSnapshot();
    stream.push = () => true;
    stream.read(0);
    stream.destroy();
  },
  showRefs: () => objgraph.showRefs([y], { output: nowhere }),
  showBackrefs: () => objgraph.showBackrefs([x], { output: nowhere }),
  showBackrefsOfUser: () => objgraph.showBackrefs([all.get(1)], { output: nowhere }),
  byType: () => objgraph.byType('User'),
  growth: () => objgraph.growth(),
};

const heap = process.memoryUsage().heapUsed;
const rss = process.memoryUsage.rss();
const start = performance.now();
questions[question]();
const time = performance.now() - start;
console.log(JSON.stringify({ time, heap, rss, peak: process.resourceUsage().maxRSS * 1024 }));
