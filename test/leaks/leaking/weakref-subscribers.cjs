// a cache of WeakRefs whose documents subscribe to a bus: the bus holds what the cache does not
class Document {
  constructor(bus, i) {
    this.name = 'doc' + i;
    bus.subscribers.add((event) => this.onEvent(event));
  }
  onEvent() {
    return this.name;
  }
}
const bus = { subscribers: new Set() };
const documents = new Map();
exports.step = (i) => {
  const key = 'k' + (i % 40);
  documents.set(key, new WeakRef(new Document(bus, i)));
};

exports.truth = { holder: /subscribers/, type: /^(Function|Document)$/ };
