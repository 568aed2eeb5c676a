/* Truth: Response|cache */
// A cache without a limit.
class CachedResponse {
  constructor(url) {
    this.url = url;
    this.body = { rows: [1, 2, 3] };
  }
}
const cache = new Map();
let count = 0;
export function run() {
  const url = `/rows?page=${count++}`;
  cache.set(url, new CachedResponse(url));
}
