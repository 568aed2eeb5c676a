// values of WeakMaps that refer to their keys, of which a fixed number lives; a registry counts those that end
const handlers = new WeakMap();
const seen = new WeakSet();
let ended = 0;
const registry = new FinalizationRegistry(() => void ended++);
const open = [];
class Page {
  constructor(i) {
    this.number = i;
    handlers.set(this, { page: this, lines: [i] });
    handlers.set(handlers.get(this), { key: this });
    seen.add(this);
    registry.register(this, i);
  }
}
exports.step = (i) => {
  open[i % 40] = new Page(i);
};
exports.ended = () => ended;
