// as reactive libraries do: one proxy for each object, found by a WeakMap; the objects come and go with their page
const proxies = new WeakMap();
const effects = new WeakMap();
const reactive = (target) => {
  if (!proxies.has(target))
    proxies.set(
      target,
      new Proxy(target, {
        get(of, key, receiver) {
          if (!effects.has(of)) effects.set(of, new Map());
          effects.get(of).set(key, receiver);
          const value = Reflect.get(of, key, receiver);
          return typeof value === 'object' && value !== null ? reactive(value) : value;
        },
      }),
    );
  return proxies.get(target);
};
let page = null;
exports.step = (i) => {
  if (i % 20 === 0) page = reactive({ title: 'page ' + i, rows: [] });
  page.rows.push({ id: i, cells: [{ text: 'a' + i }] });
  for (const row of page.rows) row.cells[0].text;
};
