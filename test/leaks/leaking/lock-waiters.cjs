// a lock that is not released after an error: all that come later wait
class Lock {
  #held = false;
  #waiting = [];
  async acquire() {
    if (this.#held) await new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#held = true;
  }
}
class Transfer {
  constructor(id) {
    this.id = id;
  }
}
const ledger = new Lock();
async function transfer(id) {
  const own = new Transfer(id);
  await ledger.acquire();
  return own.id;
}
exports.step = (i) => void transfer(i);

exports.truth = { holder: /ledger|#waiting/, type: /^(Object|Promise|Transfer|Generator)$/ };
