// the last error, whose cause is the error before it, whose cause …
class RetryError extends Error {
  constructor(i, cause) {
    super('attempt ' + i, { cause });
    this.attempt = i;
  }
}
const state = { lastError: undefined };
exports.step = (i) => {
  state.lastError = new RetryError(i, state.lastError);
};

exports.truth = { holder: /state\.lastError/, type: /^(RetryError)$/ };
