// an array of small integers
const latencies = [];
exports.step = (i) => {
  for (let k = 0; k < 100; k++) latencies.push((i * 7 + k) % 1000);
};

exports.truth = { holder: /latencies/, type: /^(Array)$/ };
