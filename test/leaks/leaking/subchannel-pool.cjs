// https://github.com/grpc/grpc-node/issues/1085: channels with other options for each call; a pool keeps all by their target
class Subchannel {
  constructor(t, o) {
    this.target = t;
    this.options = o;
    this.listeners = new Set();
  }
}
const pool = Object.create(null);
const getOrCreate = (target, options) => {
  const list = (pool[target] ??= []);
  const f = list.find((e) => e.options === options);
  if (f) return f.subchannel;
  const subchannel = new Subchannel(target, options);
  list.push({ options, subchannel });
  return subchannel;
};
exports.step = (i) => {
  getOrCreate(`dns:service-${i % 3}:443`, { 'grpc.max': i });
};
exports.truth = { holder: /pool/, type: /^Subchannel$/ };
