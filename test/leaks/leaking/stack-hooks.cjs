// evanw/node-source-map-support and stack-chain in kind: each request puts its own Error.prepareStackTrace around the one before it
class Request {
  constructor(i) {
    this.url = '/r/' + i;
  }
}
exports.step = (i) => {
  const request = new Request(i);
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => {
    error.url = request.url;
    return before ? before(error, sites) : `${error}`;
  };
};

exports.truth = { holder: /prepareStackTrace/, type: /^(Request|Function)$/ };
