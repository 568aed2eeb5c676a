// https://github.com/OpenCTI-Platform/opencti/issues/2878: one DataLoader for the whole process keeps the promises
class User {
  constructor(id) {
    this.id = id;
    this.email = `${id}@example.com`;
  }
}
class DataLoader {
  _promiseCache = new Map();
  constructor(batch) {
    this._batch = batch;
  }
  load(key) {
    const hit = this._promiseCache.get(key);
    if (hit) return hit;
    const p = this._batch([key]).then((r) => r[0]);
    this._promiseCache.set(key, p);
    return p;
  }
}
const users = new DataLoader(async (ids) => ids.map((id) => new User(id)));
exports.step = async (i) => {
  await users.load(i);
};
exports.truth = { holder: /users|_promiseCache/, type: /^User$/ };
