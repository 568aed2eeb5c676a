// https://github.com/aidenybai/million/pull/292 in kind: a proxy that answers for every name, and keeps each answer
const holes = new Map();
const props = new Proxy(
  {},
  {
    get(_, name) {
      if (!holes.has(name)) holes.set(name, new Proxy(() => name, { apply: (make) => make() }));
      return holes.get(name);
    },
  },
);
exports.step = (i) => {
  props['field' + i]();
};
exports.truth = { holder: /holes/, type: /^(Proxy|Function)$/ };
