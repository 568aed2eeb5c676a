// a loader for each batch of requests, dropped with it
class Loader {
  cache = new Map();
  queue = [];
  load(key) {
    if (!this.cache.has(key))
      this.cache.set(
        key,
        new Promise((resolve) => {
          if (this.queue.push({ key, resolve }) === 1) queueMicrotask(() => this.flush());
        }),
      );
    return this.cache.get(key);
  }
  flush() {
    for (const { key, resolve } of this.queue.splice(0)) resolve({ id: key });
  }
}
exports.step = async (i) => {
  const loader = new Loader();
  await Promise.all([loader.load(i), loader.load(i + 1), loader.load(i)]);
};
