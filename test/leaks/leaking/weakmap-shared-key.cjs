// webpack's module graphs in kind: each build that is kept has a WeakMap, and all builds lead to the one key of these
class Connection {
  constructor(i) {
    this.id = i;
  }
}
class Build {
  constructor(dependency) {
    this.entries = new Map([['main', { dependencies: [dependency] }]]);
    this.graph = { tables: { connections: new WeakMap() } };
  }
}
const builds = [];
const plugins = { list: { first: { options: { entry: { main: { dependency: { request: './src' } } } } } } };
exports.step = (i) => {
  const { dependency } = plugins.list.first.options.entry.main;
  const build = new Build(dependency);
  build.graph.tables.connections.set(dependency, new Connection(i));
  builds.push(build);
};
exports.truth = { holder: /^Array `builds`/, type: /^(Build|Connection)$/ };
