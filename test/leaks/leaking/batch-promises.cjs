// graphql/dataloader and others: one loader for all requests keeps a promise for every key that was ever loaded
class Loader {
  #promises = new Map();
  constructor(batch) {
    this.batch = batch;
    this.queue = [];
  }
  load(key) {
    const known = this.#promises.get(key);
    if (known) return known;
    const promise = new Promise((resolve) => this.queue.push({ key, resolve }));
    if (this.queue.length === 1) process.nextTick(() => this.dispatch());
    this.#promises.set(key, promise);
    return promise;
  }
  dispatch() {
    const batch = this.queue;
    this.queue = [];
    const values = this.batch(batch.map(({ key }) => key));
    batch.forEach(({ resolve }, at) => resolve(values[at]));
  }
}
class Author {
  constructor(id) {
    this.id = id;
  }
}
const authors = new Loader((keys) => keys.map((key) => new Author(key)));
exports.step = (i) => authors.load(i);

exports.truth = { holder: /promises/, type: /^(Promise|Author)$/ };
