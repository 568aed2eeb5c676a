// a logger that keeps the call sites of each message
const entries = [];
function sites() {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_error, list) => list;
  const { stack } = new Error('here');
  Error.prepareStackTrace = prepareStackTrace;
  return stack;
}
exports.step = (i) => void entries.push({ i, sites: sites() });

exports.truth = { holder: /entries/, type: /^(Object|CallSite|Array)$/ };
