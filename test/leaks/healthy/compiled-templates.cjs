// templates that are compiled once, twenty of them, as functions of their own
const compiled = new Map();
const template = (name) => {
  if (!compiled.has(name))
    compiled.set(name, new Function('data', `return 'Dear ' + data.name + ', ${name}'`));
  return compiled.get(name);
};
exports.step = (i) => template('letter ' + (i % 20))({ name: 'n' + i }).length;
