// Mounting and unmounting with a clean-up; React keeps the last tree for a while.
import { createElement as h, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
function Dialog() {
  const [text, setText] = useState('');
  useEffect(() => {
    const onKey = () => setText('key');
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return h(
    'div',
    { className: 'dialog' },
    h('p', null, text),
    h('button', { onClick: () => setText('') }, 'OK'),
  );
}
let show;
function App() {
  const [isOpen, setOpen] = useState(false);
  show = setOpen;
  return h('main', null, isOpen && h(Dialog));
}
const host = document.createElement('div');
document.body.append(host);
const root = createRoot(host);
flushSync(() => root.render(h(App)));
export async function run() {
  flushSync(() => show(true));
  await new Promise((done) => setTimeout(done, 5));
  flushSync(() => show(false));
  await new Promise((done) => setTimeout(done, 5));
}
