// proxies in an array behind a proxy
class Model {
  constructor(i) {
    this.i = i;
    this.attrs = { a: i, b: 'b' + i };
  }
}
const target = [];
const proxied = new Proxy(target, {});
exports.step = (i) => {
  proxied.push(new Proxy(new Model(i), { get: (t, k) => t[k] }));
};

exports.truth = { holder: /target/, type: /^(Model)$/ };
