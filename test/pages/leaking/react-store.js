/* Truth: subscribers|onStore */
// A component subscribes to a store of the module, and its unsubscribe is lost.
import { createElement as h, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
const store = { subscribers: new Set() };
function Row() {
  const [, update] = useState(0);
  useEffect(() => {
    store.subscribers.add(function onStore() {
      update((n) => n + 1);
    });
  }, []);
  return h('tr', null, h('td', null, 'cell'));
}
const host = document.createElement('table');
document.body.append(host);
export async function run() {
  const body = document.createElement('tbody');
  host.append(body);
  const root = createRoot(body);
  flushSync(() => root.render(h(Row)));
  await new Promise((done) => setTimeout(done, 5));
  root.unmount();
  body.remove();
  await new Promise((done) => setTimeout(done, 5));
}
