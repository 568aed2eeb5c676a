// salesforce/tough-cookie#92 in kind: cookies by domain, path and name, which do not expire
class Cookie {
  constructor(name, value) {
    this.name = name;
    this.value = value;
  }
}
class MemoryStore {
  idx = Object.create(null);
  put(domain, path, name) {
    const ofDomain = (this.idx[domain] ??= Object.create(null));
    const ofPath = (ofDomain[path] ??= Object.create(null));
    ofPath[name] = new Cookie(name, `value of ${name}`);
  }
}
const store = new MemoryStore();
exports.step = (i) => store.put(`shop${i % 5}.test`, '/', `visit-${i}`);

exports.truth = { holder: /idx|store/, type: /^Cookie$/ };
