// a WeakMap for each request, all of which have the application for their key: the list of WeakMaps leaks
const app = { name: 'shop' };
const scopes = [];
class RequestState {
  constructor(i) {
    this.id = i;
    this.steps = [i];
  }
}
exports.step = (i) => {
  const scope = new WeakMap();
  scope.set(app, new RequestState(i));
  scopes.push(scope);
};
exports.truth = { holder: /^Array `scopes`/, type: /^(WeakMap|RequestState)$/ };
