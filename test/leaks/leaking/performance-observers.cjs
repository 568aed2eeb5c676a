// dnlup/doc#413: an observer for each measurement, never disconnected
const { PerformanceObserver } = require('node:perf_hooks');
exports.step = (i) => {
  const observer = new PerformanceObserver((list) => list.getEntriesByName(`measure-${i}`));
  observer.observe({ entryTypes: ['measure'] });
};

exports.truth = { holder: /observer/i, type: /^(PerformanceObserver)$/ };
