// a logger per request, which its parent knows for ever
class Logger {
  constructor(bindings, parent) {
    this.bindings = bindings;
    this.parent = parent;
    this.children = [];
  }
  child(bindings) {
    const child = new Logger(bindings, this);
    this.children.push(child);
    return child;
  }
}
const root = new Logger({ app: 'x' });
const services = [root.child({ service: 'a' }), root.child({ service: 'b' })];
exports.step = (i) => services[i % 2].child({ request: i });

exports.truth = { holder: /services|children/, type: /^(Logger)$/ };
