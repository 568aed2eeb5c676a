// nodejs/node#33360: keys as KeyObjects are kept; here by a token's id, in a Map of each issuer
const { createSecretKey } = require('node:crypto');
const issuers = { main: { keys: new Map() } };
exports.step = (i) => {
  issuers.main.keys.set('kid-' + i, createSecretKey(Buffer.from(`secret of token ${i}`)));
};
exports.only = ['20', '22', '24', '26'];

exports.truth = { holder: /keys/, type: /^SecretKeyObject$/ };
