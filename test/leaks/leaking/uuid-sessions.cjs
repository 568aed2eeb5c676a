// sessions that never expire
const { randomUUID } = require('node:crypto');
class Session {
  constructor() {
    this.cart = [];
  }
}
const sessions = new Map();
exports.step = () => {
  sessions.set(randomUUID(), new Session());
};
exports.truth = { holder: /sessions/, type: /^(Session)$/ };
