// objects that a debugger asked for, and never released
const inspector = require('node:inspector');
const session = new inspector.Session();
session.connect();
globalThis.Payload = class Payload {
  constructor(i) {
    this.i = i;
  }
};
exports.step = (i) =>
  new Promise((done) =>
    session.post('Runtime.evaluate', { expression: `new Payload(${i})`, objectGroup: 'watch' }, done),
  );

exports.truth = { holder: /inspector|handle|V8|native|Debugger/i, type: /^Payload$/ };
