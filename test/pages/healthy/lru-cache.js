// A cache of five.
class Entry {
  rows = [1, 2, 3];
}
const cache = new Map();
let count = 0;
export function run() {
  cache.set(count++, new Entry());
  if (cache.size > 5) cache.delete(cache.keys().next().value);
}
