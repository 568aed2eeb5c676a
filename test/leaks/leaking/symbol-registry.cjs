// Symbol.for of ever new names: the registry of V8 keeps each
const keys = new Set();
exports.step = (i) => keys.add(Symbol.for('request:' + i));

exports.truth = { holder: /keys/, type: /^(symbol|Symbol|string)$/ };
