// subscribers of a diagnostics channel
const { channel } = require('node:diagnostics_channel');
const requests = channel('app.request');
class Trace {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  const trace = new Trace(i);
  requests.subscribe(() => trace.i);
};
exports.truth = { holder: /requests|channel|_subscribers/, type: /^(Trace|Function)$/ };
