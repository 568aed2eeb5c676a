/* Truth: cleanUp|registry */
// A registry whose held value leads back to its target.
class Handle {
  constructor(n) {
    this.n = n;
    this.data = new Array(100).fill(n);
  }
}
const registry = new FinalizationRegistry((cleanUp) => cleanUp());
let n = 0;
export function run() {
  const handle = new Handle(n++);
  registry.register(handle, function cleanUp() {
    return handle.n;
  });
}
