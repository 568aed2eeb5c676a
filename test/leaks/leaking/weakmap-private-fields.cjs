// private fields as TypeScript and Babel write them for ES2015: https://www.typescriptlang.org/docs/handbook/release-notes/typescript-3-8.html
var __classPrivateFieldGet = function (receiver, state) {
  return state.get(receiver);
};
var _Service_sessions;
class Service {
  constructor() {
    _Service_sessions.set(this, new Map());
  }
  open(id) {
    __classPrivateFieldGet(this, _Service_sessions).set(id, { id, opened: `at ${id}` });
  }
}
_Service_sessions = new WeakMap();
const service = new Service();
exports.step = (i) => service.open(i);
exports.truth = { holder: /^Map `\S*_Service_sessions/, type: /^Object$/ };
