// https://github.com/vuejs/vue/issues/6479: plugins that each request installs anew, in a registry on globalThis
const key = Symbol.for('my-odm:registry');
const registry = (globalThis[key] ??= { plugins: [], models: {} });
exports.step = (i) => {
  registry.plugins.push([
    function auditPlugin(schema) {
      return schema && i;
    },
    { user: 'u' + i },
  ]);
};
exports.truth = { holder: /plugins|my-odm/, type: /Array|Function|Object/ };
