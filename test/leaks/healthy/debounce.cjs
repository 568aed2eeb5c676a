let timer;
exports.step = (i) => {
  clearTimeout(timer);
  timer = setTimeout(() => i, 1000);
  timer.unref();
};
