// nodejs/node#32018 and others: marks of the performance timeline stay until clearMarks is called
const { performance } = require('node:perf_hooks');
exports.step = (i) => performance.mark('request-' + i, { detail: { route: '/r' + i } });

exports.truth = { holder: /performance|perf|mark/i, type: /^(PerformanceMark)$/ };
