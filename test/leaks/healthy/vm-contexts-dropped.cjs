// contexts of node:vm that are used once, with the globals that V8 makes when they are first asked for
const vm = require('node:vm');
exports.step = (i) => {
  if (i % 20 !== 0) return 0;
  return vm.runInNewContext('Intl.NumberFormat && WebAssembly && Atomics && [value].length', { value: i });
};
