// ptarjan/node-cache#5 and kwhitley/apicache#118: an entry that is written again leaves the timer of the one before it, with that entry
const cache = new Map();
class Entry {
  constructor(key, value) {
    this.value = value;
    this.timeout = setTimeout(() => {
      if (cache.get(key) === this) cache.delete(key);
    }, 3_600_000);
  }
}
exports.step = (i) => {
  const key = 'page ' + (i % 20);
  cache.set(key, new Entry(key, 'value ' + i));
};

exports.truth = { holder: /timer/i, type: /^(Entry|Timeout|Function|ScheduledAction)$/ };
