// tc39/proposal-weakrefs#118 in kind: each lease is registered for the same object that lives on, and the token is never used to unregister
class Lease {
  constructor(i) {
    this.id = 'lease-' + i;
    this.rows = [i];
  }
}
const pool = { name: 'pool' };
const registry = new FinalizationRegistry((lease) => lease.rows);
exports.step = (i) => {
  registry.register(pool, new Lease(i), {});
};

exports.truth = { holder: /registry/, type: /^Lease$/ };
