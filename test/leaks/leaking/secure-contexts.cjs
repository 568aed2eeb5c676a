// nodejs/node#8955 in kind: a secure context for each name of a host, kept for the next connection
const tls = require('node:tls');
const contexts = new Map();
exports.step = (i) => {
  if (i % 4 === 0) contexts.set(`host-${i}.test`, tls.createSecureContext({ minVersion: 'TLSv1.2' }));
};

exports.truth = { holder: /contexts/, type: /^SecureContext$/ };
