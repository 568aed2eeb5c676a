// https://github.com/typestack/class-validator/issues/2540: classes made for each request; their metadata are in a WeakMap, a container keeps them
const Metadata = new WeakMap();
const define = (k, v, target, prop) => {
  let m = Metadata.get(target);
  if (!m) Metadata.set(target, (m = new Map()));
  let p = m.get(prop);
  if (!p) m.set(prop, (p = new Map()));
  p.set(k, v);
};
const container = { providers: { request: [] } };
exports.step = (i) => {
  class RequestScope {
    handle() {
      return i;
    }
  }
  define('design:paramtypes', [Object, { token: i }], RequestScope, 'handle');
  container.providers.request.push(RequestScope);
};
exports.truth = { holder: /^Array `\S*request`/, type: /Function|class|Map/ };
