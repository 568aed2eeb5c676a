// https://github.com/brianc/node-pg-pool/issues/48: a client is not released when its query fails, every tenth time
class Client {
  constructor(id) {
    this.id = id;
    this.queries = [];
  }
  query(i) {
    if (i % 10 === 3) throw new Error('duplicate key');
    return { rows: [i] };
  }
}
class Pool {
  all = new Set();
  loans = new Map();
  idle = [];
  ids = 0;
  acquire() {
    const client = this.idle.pop() ?? new Client(this.ids++);
    this.all.add(client);
    this.loans.set(client.id, { client, since: Date.now() });
    return client;
  }
  release(client) {
    this.loans.delete(client.id);
    this.idle.push(client);
  }
}
const pool = new Pool();
exports.step = async (i) => {
  try {
    const c = pool.acquire();
    const r = c.query(i);
    await null;
    pool.release(c);
    return r;
  } catch {
    return null;
  }
};
exports.truth = { holder: /pool/, type: /^(Client|Object)$/ };
