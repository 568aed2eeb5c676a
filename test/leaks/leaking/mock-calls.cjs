// jestjs/jest#7874 in kind: a spy that stays installed records all calls, with their arguments
class Request {
  constructor(i) {
    this.url = `/orders/${i}`;
  }
}
function spyOn(object, name) {
  const original = object[name];
  const spy = function () {
    spy.mock.calls.push(arguments);
    const result = original.apply(this, arguments);
    spy.mock.results.push({ type: 'return', value: result });
    return result;
  };
  spy.mock = { calls: [], results: [] };
  object[name] = spy;
}
const api = { send: (request) => request.url.length };
spyOn(api, 'send');
exports.step = (i) => api.send(new Request(i));

exports.truth = { holder: /mock|calls|send/, type: /^(Request|Arguments|Object)$/ };
