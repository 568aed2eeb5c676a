// auth0/node-jwks-rsa#266 in kind: each client leaves something of its own on what all share: a new symbol as the key, on one socket
const { Socket } = require('node:net');
const socket = new Socket();
class Parser {
  constructor(i) {
    this.i = i;
    this.headers = { i };
  }
}
exports.step = (i) => {
  socket[Symbol('parser')] = new Parser(i);
};
exports.only = ['20', '22', '24', '26'];

exports.truth = { holder: /socket/, type: /^Parser$/ };
