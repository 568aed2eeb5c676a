// A database, a channel and a port that are closed again.
const open = () =>
  new Promise((done, fail) => {
    const r = indexedDB.open('clean', 1);
    r.onupgradeneeded = () => r.result.createObjectStore('s');
    r.onsuccess = () => done(r.result);
    r.onerror = () => fail(r.error);
  });
export async function run() {
  const database = await open();
  database.onversionchange = () => database.close();
  const channel = new BroadcastChannel('clean');
  channel.onmessage = () => {};
  const { port1, port2 } = new MessageChannel();
  const got = new Promise((done) => (port1.onmessage = done));
  port2.postMessage({ text: 'hi' });
  await got;
  port1.close();
  channel.close();
  database.close();
}
