// an array of measured times
const lat = [];
exports.step = (i) => {
  for (let k = 0; k < 500; k++) lat.push(Math.random());
};

exports.truth = { holder: /lat/, type: /^(Array)$/ };
