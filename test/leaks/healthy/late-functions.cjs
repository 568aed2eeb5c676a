// code that is reached for the first time in each step: functions are compiled, optimized, and given up again; the results are not kept
const source = Array.from(
  { length: 900 },
  (_, i) =>
    `(x) => { let sum = ${i}; for (let k = 0; k < 50; k++) sum += typeof x === 'number' ? x * k : String(x).length + k; return sum; }`,
);
const functions = new Function(`return [${source.join(',\n')}]`)();
exports.step = (i) => {
  const one = functions[i % functions.length];
  for (let k = 0; k < 30; k++) one(k);
  one('text');
};
