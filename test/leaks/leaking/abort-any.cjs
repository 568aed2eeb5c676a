// nodejs/node#54614: AbortSignal.any on a signal that lives long
const ac = new AbortController();
exports.step = (i) => {
  const s = AbortSignal.any([ac.signal]);
  s.addEventListener('abort', () => i);
};

// In a page, Blink holds them, because they have listeners.
exports.truth = {
  holder: /`ac\.|gcPersistentSignals|held by native code|listeners that call \(anonymous\) .*abort-any/,
  type: /^(AbortSignal|WeakRef|Function)$/,
};
