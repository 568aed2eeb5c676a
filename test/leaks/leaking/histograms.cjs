// vectorize-io/hindsight#850 in kind: a histogram for each path, and paths have ids
const { createHistogram } = require('node:perf_hooks');
const durations = new Map();
exports.step = (i) => {
  const path = `/users/${i}`;
  if (!durations.has(path)) durations.set(path, createHistogram());
  durations.get(path).record(1 + (i % 100));
};

exports.truth = { holder: /durations/, type: /Histogram/ };
