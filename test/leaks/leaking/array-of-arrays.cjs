// rows of a report
const rows = [];
exports.step = (i) => {
  rows.push([i, 'name ' + i, { i }]);
};
exports.truth = { holder: /rows/, type: /^(Array)$/ };
