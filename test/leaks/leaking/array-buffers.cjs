// typed arrays in a Map
const tiles = new Map();
exports.step = (i) => {
  tiles.set('tile' + i, new Float32Array(256));
};
exports.truth = { holder: /tiles/, type: /^(Float32Array)$/ };
