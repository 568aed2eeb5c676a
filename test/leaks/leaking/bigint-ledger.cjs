// balances as big integers, by account
const balances = new Map();
exports.step = (i) => void balances.set(2n ** 70n + BigInt(i), 10n ** 30n + BigInt(i));

exports.truth = { holder: /balances/, type: /bigint/i };
