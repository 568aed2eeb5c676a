/* Truth: Worker */
// Workers that are never terminated.
const workers = [];
const url = URL.createObjectURL(new Blob(['onmessage = () => {}'], { type: 'text/javascript' }));
export function run() {
  if (workers.length < 200) workers.push(new Worker(url));
}
