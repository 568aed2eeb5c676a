// a bounded cache for each of a few tenants
const tenants = new Map();
class Row {
  constructor(id) {
    this.id = id;
  }
}
exports.step = (i) => {
  const tenant = 't' + (i % 12);
  if (!tenants.has(tenant)) tenants.set(tenant, new Map());
  const rows = tenants.get(tenant);
  rows.set(i, new Row(i));
  if (rows.size > 2) rows.delete(rows.keys().next().value);
};
