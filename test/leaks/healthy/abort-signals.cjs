exports.step = (i) => {
  const c = new AbortController();
  c.signal.addEventListener('abort', () => i);
  c.abort();
};
