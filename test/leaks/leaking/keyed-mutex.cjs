// DirtyHairy/async-mutex in kind: a lock for each key, a promise whose entry stays when nothing waits for it
const locks = {};
function withLock(key, work) {
  locks[key] = (locks[key] ?? Promise.resolve()).then(work);
  return locks[key];
}
exports.step = (i) => withLock(`order-${i}`, () => i);

exports.truth = { holder: /locks/, type: /^Promise$/ };
