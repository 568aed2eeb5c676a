// a handler that is bound anew to each request's settings, and never from the function that it was at first
class Settings {
  constructor(i) {
    this.i = i;
  }
}
let handle = function handle(...settings) {
  return settings.length;
};
exports.step = (i) => {
  handle = handle.bind(null, new Settings(i));
};
exports.truth = { holder: /handle/, type: /^(Settings|Function)$/ };
