// memoize without a bound
function memoize(f) {
  const memo = new Map();
  return (x) => {
    const k = JSON.stringify(x);
    if (!memo.has(k)) memo.set(k, f(x));
    return memo.get(k);
  };
}
const price = memoize((o) => ({ total: o.i * 2, currency: 'EUR' }));
exports.step = (i) => {
  price({ i, t: i * 7 });
};

exports.truth = { holder: /memo/, type: /^(Object)$/ };
