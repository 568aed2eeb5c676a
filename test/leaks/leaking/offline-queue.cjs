// redis/ioredis#76: commands wait in a queue while there is no connection; the queue is a circular buffer that doubles
class Command {
  constructor(name, args) {
    this.name = name;
    this.args = args;
    this.promise = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
  }
}
class Deque {
  #list = new Array(4);
  #head = 0;
  #tail = 0;
  push(item) {
    this.#list[this.#tail] = item;
    this.#tail = (this.#tail + 1) & (this.#list.length - 1);
    if (this.#tail === this.#head) this.#grow();
  }
  #grow() {
    const items = [...this.#list.slice(this.#head), ...this.#list.slice(0, this.#head)];
    this.#head = 0;
    this.#tail = items.length;
    this.#list = items.concat(new Array(items.length));
  }
}
class Client {
  offlineQueue = new Deque();
  send(name, ...args) {
    const command = new Command(name, args);
    this.offlineQueue.push(command);
    return command.promise;
  }
}
const client = new Client();
exports.step = (i) => {
  client.send('set', 'user:' + i, 'v' + i);
};

exports.truth = { holder: /offlineQueue|#list/, type: /^Command$/ };
