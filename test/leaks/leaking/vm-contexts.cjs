// patriksimek/vm2#232: contexts of node:vm
const vm = require('vm');
const sandboxes = [];
exports.step = (i) => {
  if (i % 10 == 0) {
    const c = vm.createContext({ i });
    vm.runInContext('var secret=i*2;function f(){return secret}', c);
    sandboxes.push(c);
  }
};

exports.truth = { holder: /sandboxes/, type: /^(Object)$/ };
