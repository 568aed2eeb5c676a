// a watcher for each question, closed with its answer
const { watch } = require('node:fs');
exports.step = async (i) => {
  const watcher = watch(__filename, { persistent: false });
  watcher.on('change', () => i);
  await null;
  watcher.close();
};
exports.only = ['20', '22', '24', '26'];
