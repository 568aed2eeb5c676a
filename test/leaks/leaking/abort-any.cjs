// nodejs/node#54614: AbortSignal.any on a signal that lives long
const ac = new AbortController();
exports.step = (i) => {
  const s = AbortSignal.any([ac.signal]);
  s.addEventListener('abort', () => i);
};

exports.truth = {
  holder: /kDependantSignals|gcPersistentSignals|held by native code/,
  type: /^(AbortSignal|WeakRef)$/,
};
