const walk = (n) => (n === 0 ? 0 : 1 + walk(n - 1));
exports.step = (i) => walk(i % 500);
