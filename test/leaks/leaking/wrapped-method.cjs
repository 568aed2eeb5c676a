// a method that is wrapped again with each request, by an instrumentation that never unwraps
class Span {
  constructor(i) {
    this.name = 'span' + i;
    this.tags = { i };
  }
}
const api = { send: (message) => message };
exports.step = (i) => {
  const original = api.send;
  const span = new Span(i);
  api.send = function traced(message) {
    span.last = message;
    return original(message);
  };
};

exports.truth = { holder: /api\.send|original/, type: /^(Function|Span|Context)$/ };
