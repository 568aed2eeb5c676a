// bound functions in a list of hooks
class Plugin {
  constructor(i) {
    this.i = i;
  }
  run() {
    return this.i;
  }
}
const hooks = [];
exports.step = (i) => {
  hooks.push(new Plugin(i).run.bind(new Plugin(i)));
};
exports.truth = { holder: /hooks/, type: /^(Plugin|Function)$/ };
