// membranes: each object that passes gets a revocable proxy, whose revoke function is kept for later
class Handle {
  constructor(i) {
    this.fd = i;
    this.path = '/tmp/' + i;
  }
}
class Membrane {
  #revokers = [];
  wrap(target) {
    const { proxy, revoke } = Proxy.revocable(target, {});
    this.#revokers.push(revoke);
    return proxy;
  }
}
const membrane = new Membrane();
exports.step = (i) => membrane.wrap(new Handle(i)).fd;

exports.truth = { holder: /revokers/, type: /^(Function|Handle|Proxy)$/ };
