// resources that several jobs share: the last one to let go removes the resource; jobs end in another order than they began
class Resource {
  users = 0;
  constructor(name) {
    this.name = name;
  }
}
const resources = new Map();
const releases = new Map();
function acquire(name) {
  const resource = resources.get(name) ?? new Resource(name);
  resources.set(name, resource);
  resource.users++;
  return () => {
    if (--resource.users === 0) resources.delete(name);
  };
}
exports.step = (i) => {
  const end = i + 3 + ((i * 31) % 60);
  if (!releases.has(end)) releases.set(end, []);
  releases.get(end).push(acquire('file ' + (i >> 2)));
  for (const release of releases.get(i) ?? []) release();
  releases.delete(i);
};
