// a Map per tenant
const byTenant = new Map();
exports.step = (i) => {
  const t = 'tenant' + (i % 20);
  let m = byTenant.get(t);
  if (!m) byTenant.set(t, (m = new Map()));
  m.set('req' + i, { i, at: new Date() });
};

exports.truth = { holder: /byTenant/, type: /^(Object)$/ };
