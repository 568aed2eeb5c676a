// a log that is one ever longer text
let log = '';
exports.step = (i) => {
  log += 'request ' + i + ' took ' + (i % 97) + ' ms and was answered with status 200 in the end\n'.repeat(4);
};
exports.log = () => log;
exports.truth = { holder: /log/, type: /^(string)$/ };
