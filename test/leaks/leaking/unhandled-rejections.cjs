// the list of unhandled rejections from Node's own documentation, of which no rejection is ever handled
const unhandled = new Map();
exports.start = () => {
  process.on('unhandledRejection', (reason, promise) => unhandled.set(promise, reason));
  process.on('rejectionHandled', (promise) => unhandled.delete(promise));
};
class QueryError extends Error {}
exports.step = (i) => {
  void Promise.reject(new QueryError(`query ${i} failed`));
};

exports.truth = { holder: /unhandled/, type: /^(QueryError|Promise)$/ };
