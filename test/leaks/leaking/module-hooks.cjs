// nodejs/node#63928: hooks of module.registerHooks() stay for as long as the process, unless they are deregistered
const { registerHooks } = require('node:module');
class Mock {
  constructor(i) {
    this.name = 'mock:' + i;
  }
}
exports.step = (i) => {
  const mock = new Mock(i);
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === mock.name ? { url: mock.name, shortCircuit: true } : next(specifier, context),
  });
};
exports.only = ['22', '24', '26'];

exports.truth = { holder: /hook|Hook|resolve/, type: /^(Mock|Function|ModuleHooks)$/ };
